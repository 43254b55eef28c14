"""The doctor names what is wrong with machine, tree and settings, each with what mends it."""

from __future__ import annotations

import fcntl
import json
import shutil
import socket
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.commands import looks
from pipelines.commands.looks import GB, Looked
from pipelines.layout import REPOSITORY, Layout
from pipelines.settings.effective import SAMPLES

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    """A tree with settings, a ledger and one snapshot."""
    layout = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    for folder in (layout.landing, layout.ledger, layout.published / "2019-12-a"):
        folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.sql("select 1 as a").write_parquet(str(layout.ledger / "deliveries.parquet"))
    (layout.published / "2019-12-a" / "enforcement.duckdb").write_bytes(b"abc")
    said = {"database": {"bytes": 3}, "finished_at": "2026-02-01T00:00:00+00:00"}
    (layout.published / "2019-12-a" / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    layout.pointer.write_text("2019-12-a\n", encoding="utf-8")
    return layout


def wrong(*found: Looked) -> list[str]:
    return [f"{each.verdict}: {each.en}" for each in found if each.verdict != "ok"]


def test_a_sound_tree_has_nothing_wrong(where: Layout) -> None:
    assert wrong(*looks.tree(where), *looks.settings(where), *looks.clock(where, NOW)) == []


@pytest.mark.parametrize(("version", "count"), [((3, 11), 0), ((3, 10), 1), ((3, 13), 0), ((3, 14), 1)])
def test_another_python_is_named(version: tuple[int, int], count: int) -> None:
    assert len(wrong(looks.python(version))) == count


def test_the_doctor_asks_for_the_pythons_that_the_package_asks_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">={}.{},<{}.{}".format(*looks.OLDEST, looks.NEWEST[0], looks.NEWEST[1] + 1)


@pytest.mark.parametrize(("free", "verdict"), [(11, "ok"), (9, "warning"), (1, "fault")])
def test_a_full_disk_is_named_before_it_is_full(free: int, verdict: str) -> None:
    assert looks.disk(free * GB).verdict == verdict


def test_a_clock_that_was_set_back_is_named(where: Layout) -> None:
    (said,) = wrong(*looks.clock(where, NOW - timedelta(days=60)))
    assert said.startswith("fault: the clock is behind") and "2026-02-01" in said


def test_a_port_that_is_taken_is_named_and_an_address_that_is_not_ours_is_a_fault() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        assert looks.port("127.0.0.1", number, "看板", "dashboards").verdict == "warning"
    assert looks.port("127.0.0.1", number, "看板", "dashboards").verdict == "ok"
    assert looks.port("192.0.2.1", number, "看板", "dashboards").verdict == "fault"


def test_who_writes_to_the_tree_is_named(where: Layout) -> None:
    file = where.data / ".lock"
    with file.open("w") as opened:
        opened.write("4711")
        opened.flush()
        fcntl.flock(opened, fcntl.LOCK_EX)
        assert "4711" in looks.lock(where).en
    assert looks.lock(where).verdict == "ok"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("ledger", "the ledger is damaged"), ("no ledger", "nothing was received yet"),
        ("snapshot", "snapshot 2019-12-a is not whole"), ("pointer", "is damaged, 2019-12-a stands in"),
        ("nothing published", "nothing was published yet"),
    ],
)  # fmt: skip
def test_a_damaged_tree_is_named_with_its_place(where: Layout, what: str, said: str) -> None:
    if what == "ledger":
        (where.ledger / "deliveries.parquet").write_bytes(b"PAR1 and no more")
    elif what == "no ledger":
        (where.ledger / "deliveries.parquet").unlink()
    elif what == "snapshot":
        (where.published / "2019-12-a" / "enforcement.duckdb").write_bytes(b"a")
    elif what == "pointer":
        where.pointer.write_text("elsewhere", encoding="utf-8")
    else:
        shutil.rmtree(where.published)
    assert any(said in each for each in wrong(*looks.tree(where)))


def test_faults_of_the_settings_are_named_as_a_run_tells_them(where: Layout) -> None:
    sheet = "指标代码,权重,起始,截止,是否已定\nQX99,3,2026-01-01,,true\n"
    (where.settings / "indicator_weights.csv").write_text(sheet, encoding="utf-8")
    (said,) = wrong(*looks.settings(where))
    assert "indicator_weights.csv" in said and "QX99" in said and said.startswith("fault")


def test_a_tree_without_settings_is_told_whose_are_used(where: Layout) -> None:
    shutil.rmtree(where.settings)
    assert wrong(*looks.settings(where))[0].startswith("warning: there are no settings of this installation")
