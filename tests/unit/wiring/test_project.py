"""dbt's reading of the project: kept for all trees, with each tree's own paths, and never older than the project.
What the models are belongs to their own tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.layout import Layout
from pipelines.publication import dbt_parse, dbt_process

ROOT = Path(__file__).parents[3]
ASK = """
import json, sys
from pipelines.publication import dbt_parse, dbt_process
dbt_parse._store = lambda where: where.dbt_target  # what other trees have left would be found at once
from pipelines.defs.transformation.project import dbt_project
sys.stdin.readline()
print(len(json.loads(dbt_project().manifest_path.read_bytes())["nodes"]))
"""

Settle = Callable[[Path], Layout]


def test_processes_that_start_together_all_read_a_whole_manifest(tmp_path: Path) -> None:
    settings = os.environ | {"ENFORCEMENT_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    asked = [
        subprocess.Popen([sys.executable, "-c", ASK], stdin=-1, stdout=-1, stderr=-1, env=settings, cwd=ROOT, text=True)
        for _ in range(2)
    ]
    for process in asked:  # all have imported what they need before the first may begin
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=180) for process in asked]
    assert [process.returncode for process in asked] == [0, 0], answers
    nodes = {said.split()[-1] for said, _ in answers}
    assert len(nodes) == 1 and int(nodes.pop()) > 300
    assert len(list(tmp_path.rglob("*.parsed"))) == 1 and not list(tmp_path.rglob(".parse-*"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one seed and one model on a source, which every tree of the test has."""
    place = tmp_path / "dbt_project"
    (place / "models").mkdir(parents=True)
    (place / "dbt_project.yml").write_text(
        "name: small\nprofile: small\nseed-paths: [\"{{ env_var('ENFORCEMENT_SEEDS') }}\"]\n", encoding="utf-8"
    )
    output = "{type: duckdb, path: \"{{ env_var('ENFORCEMENT_WAREHOUSE_FILE') }}\"}"
    (place / "profiles.yml").write_text(f"small: {{target: build, outputs: {{build: {output}}}}}\n", encoding="utf-8")
    location = "read_parquet('{{ env_var('ENFORCEMENT_LAKE') }}/{name}.parquet')"
    source = f'{{name: lake, config: {{meta: {{external_location: "{location}"}}}}, tables: [{{name: cases}}]}}'
    (place / "models" / "sources.yml").write_text(f"sources: [{source}]\n", encoding="utf-8")
    (place / "models" / "counted.sql").write_text("select 1 as n from {{ source('lake', 'cases') }}", encoding="utf-8")
    monkeypatch.setattr(Layout, "dbt_project", place)
    return place


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Layout]:
    """A tree with one seed, and this process's environment as `environment.prepare` makes it for that tree."""

    def made(data: Path) -> Layout:
        where = Layout(data=data, key_file=data / "key")
        for folder in (where.seeds, where.dbt_target):
            folder.mkdir(parents=True, exist_ok=True)
        (where.seeds / "windows.csv").write_text("window_code,months\nmonth,1\n", encoding="utf-8")
        places = {"LAKE": where.lake, "REJECTS": where.rejects, "PUBLISHED": where.published}
        places |= {"WAREHOUSE_FILE": where.warehouse_file, "SEEDS": os.path.relpath(where.seeds, where.dbt_project)}
        for name, place in places.items():
            monkeypatch.setenv(f"ENFORCEMENT_{name}", str(place))
        dbt = {"PROJECT_DIR": where.dbt_project, "PROFILES_DIR": where.dbt_project, "TARGET_PATH": where.dbt_target}
        for name, place in (dbt | {"LOG_PATH": where.dbt_target}).items():
            monkeypatch.setenv(f"DBT_{name}", str(place))
        return where

    return made


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every reading by dbt itself."""
    times, by_dbt = [], dbt_parse._read_by_dbt
    monkeypatch.setattr(dbt_parse, "_read_by_dbt", lambda *given: times.append("read") or by_dbt(*given))
    return times


def locations(manifest: Any, where: Layout) -> tuple[str, str, str]:
    """Where the source and a seed lie, by dbt's memory, and the source by manifest.json."""
    source, seed = manifest.sources["source.small.lake.cases"], manifest.nodes["seed.small.windows"]
    written = json.loads((where.dbt_target / "manifest.json").read_bytes())
    file = (where.dbt_project / seed.original_file_path).resolve().as_posix()
    return source.relation_name, file, written["sources"]["source.small.lake.cases"]["relation_name"]


def test_one_reading_serves_all_trees_and_each_has_its_own_paths(
    project: Path, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = counted(monkeypatch)
    for name in ("first", "数据 two"):
        where = settle(tmp_path / name)
        lake = f"read_parquet('{tmp_path / name}/lake/cases.parquet')"
        seed = (tmp_path / name / "warehouse" / "seeds" / "windows.csv").as_posix()
        assert locations(dbt_parse.parsed(where), where) == (lake, seed, lake)
    assert times == ["read"]
    assert "mark-of" not in (where.dbt_target / "manifest.json").read_text(encoding="utf-8")


def test_what_is_kept_is_what_dbt_reads_for_the_tree_itself(project: Path, settle: Settle, tmp_path: Path) -> None:
    where = settle(tmp_path / "data")
    asked = ["--quiet", "parse", "--no-partial-parse", "--target-path", str(tmp_path / "target")]
    own, kept = dbt_process.invoke(asked).result, dbt_parse.parsed(where)
    for part in ("nodes", "sources", "macros", "parent_map", "child_map", "group_map"):
        assert timeless(getattr(kept, part)) == timeless(getattr(own, part)), part
    assert timeless(kept.flat_graph) == timeless(own.flat_graph)


def timeless(part: Any) -> Any:
    """What dbt knows of each thing, without the moment at which it read it."""
    if isinstance(part, dict):
        return {name: timeless(each) for name, each in part.items() if name != "created_at"}
    return timeless(part.to_dict()) if hasattr(part, "to_dict") else part


@pytest.mark.parametrize("changed", ["models/counted.sql", "models/sources.yml", "dbt_project.yml"])
def test_a_changed_project_is_read_anew_whatever_its_times_say(
    project: Path, settle: Settle, tmp_path: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, times = settle(tmp_path / "data"), counted(monkeypatch)
    dbt_parse.parsed(where)
    file = project / changed
    before = file.stat()
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    dbt_parse.parsed(where)
    assert times == ["read", "read"]


def test_changed_seeds_are_read_anew(
    project: Path, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, times = settle(tmp_path / "data"), counted(monkeypatch)
    dbt_parse.parsed(where)
    with (where.seeds / "windows.csv").open("a", encoding="utf-8") as seed:
        seed.write("\n")
    dbt_parse.parsed(where)
    assert times == ["read", "read"]


@pytest.mark.parametrize("how", ["one bit", "cut short"])
def test_a_damaged_reading_is_made_again(
    project: Path, settle: Settle, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, times = settle(tmp_path / "data"), counted(monkeypatch)
    whole = locations(dbt_parse.parsed(where), where)
    (kept,) = (project / "target" / "parsed").glob("*.parsed")
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content if how == "one bit" else content[: len(content) // 3])
    assert locations(dbt_parse.parsed(where), where) == whole
    assert times == ["read", "read"]


def test_where_nothing_can_be_written_beside_the_project_the_tree_keeps_it(
    project: Path, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "target").write_text("a file where the folder should be", encoding="utf-8")
    where, times = settle(tmp_path / "data"), counted(monkeypatch)
    dbt_parse.parsed(where)
    dbt_parse.parsed(where)
    assert times == ["read"] and len(list(where.dbt_target.glob("*.parsed"))) == 1


def test_only_the_last_are_kept(project: Path, settle: Settle, tmp_path: Path) -> None:
    where = settle(tmp_path / "data")
    store = project / "target" / "parsed"
    for number in range(dbt_parse.KEPT + 3):
        dbt_parse._keep(store if store.is_dir() else dbt_parse._store(where), f"{number}.parsed", b"x")
        os.utime(store / f"{number}.parsed", (number, number))
    assert len(list(store.glob("*.parsed"))) == dbt_parse.KEPT
    assert not (store / "0.parsed").exists() and not list(store.glob("*.writing"))
