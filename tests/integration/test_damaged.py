"""A tree in which something of every kind was damaged at once: told file by file, and whole again after the next run.
Each damage by itself is tested beside what notices it; tests/faults/faults.toml has the list."""

from __future__ import annotations

from pathlib import Path

from tests.faults.killing import left_over
from tests.integration.conftest import Taken
from tests.integration.world import content, current, pipelines

CUT, BIT = "cut short", "one bit"
# A file of each kind, what is done to the first of them, and whether the run names it.
DAMAGES = {
    "lake/cases/*/*.parquet": (BIT, True),
    "lake/funds/*/*.parquet": (CUT, True),
    "lake/_ledger/receipts/*/*/*": (CUT, True),
    "lake/_ledger/deliveries.parquet": (CUT, True),
    "lake/_ledger/case_courts.parquet": (BIT, True),
    "lake/_gate/results/cases/*.json": (BIT, True),
    "lake/_gate/held_courts.parquet": (CUT, True),
    "warehouse/enforcement.duckdb": (CUT, True),
    "warehouse/dbt_target/manifest.json": (CUT, False),
    "dagster/history/runs.db": (CUT, True),
    "published/2*/enforcement.duckdb": (BIT, True),
    "published/_values/0*/values.parquet": (CUT, True),
    "published/CURRENT": (CUT, True),
}


def damage(file: Path, how: str) -> None:
    content_ = bytearray(file.read_bytes())
    if how == BIT:
        content_[len(content_) // 2] ^= 1
    file.chmod(0o600)
    file.write_bytes(content_ if how == BIT else content_[: len(content_) // 3])


def test_damaged_everywhere_a_tree_is_whole_after_the_next_run(taken: Taken) -> None:
    data, told = taken.copy("damaged"), []
    for kind, (how, is_named) in DAMAGES.items():
        file = next(path for path in sorted(data.glob(kind)) if path.is_file())
        damage(file, how)
        told += [file.relative_to(data).as_posix()] if is_named else []
    assert pipelines(data, "status").returncode in (0, 1)
    done = pipelines(data, "run", "--no-serve")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    words = done.stdout.replace("\n", "")
    # A snapshot is named by its folder, what Dagster keeps and a receipt by their own names.
    assert [name for name in told if name not in words and Path(name).parent.name not in words] == [], done.stdout
    assert "damaged" in words and "已损坏" in words
    assert current(data) == current(taken.data)
    assert content(data) == content(taken.data)
    assert left_over(data) == left_over(taken.data)
    again = pipelines(data, "run", "--no-serve")
    assert again.returncode == 0
    assert "已损坏" not in again.stdout
