"""Data tests judged table by table say what dbt says of each by itself: which claim, which file, how many rows.
Tried on a project of two seeds and a model; the project's own claims are judged by every run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.defs.transformation import building
from pipelines.defs.transformation.building import BuildFailedError, build
from pipelines.publication.dbt_process import invoke

MACROS = Path(__file__).parents[3] / "dbt_project"
PROJECT = """
name: tiny
version: "1.0.0"
profile: tiny
flags: {send_anonymous_usage_stats: false, require_generic_test_arguments_property: true}
on-run-end: "{{ judge_claims(results) }}"
"""
PROFILES = """
tiny:
  target: build
  outputs: {build: {type: duckdb, path: "{{ env_var('ENFORCEMENT_WAREHOUSE_FILE') }}", keep_open: true, threads: 2}}
"""
# One claim of every kind, on the seed `cases` and on the model of the same rows, named by its table and kind.
CLAIMS = """
      - holds: {name: TABLE_holds, arguments: {condition: amount < 7}, config: {severity: SEVERITY}}
      - unique_combination: {name: TABLE_key, arguments: {columns: [case_id, court]}, config: {severity: SEVERITY}}
    columns:
      - name: case_id
        data_tests: [{unique: {name: TABLE_unique, config: {severity: SEVERITY, where: "court <> 'T3'"}}}]
      - name: amount
        data_tests: [{not_null: {name: TABLE_not_null, config: {severity: SEVERITY}}}]
      - name: court
        data_tests:
          - accepted_values: {name: TABLE_values, arguments: {values: [T1, T2]}, config: {severity: SEVERITY}}
          - relationships:
              name: TABLE_court
              arguments: {to: ref('courts'), field: court}
              config: {severity: SEVERITY}
"""
CASES = "case_id,court,amount\nA,T1,1\nA,T1,2\nB,T2,\nC,T3,9\nC,T3,8\nC,T9,3\n"
# Counted by hand: of the rows above, 9 and 8 are not below 7; A T1 and C T3 come twice; A comes twice outside T3, and
# C once; one amount is missing; T3 and T9 are two values not foreseen; only T9 is no court.
FAILING = {"holds": 2, "key": 2, "unique": 1, "not_null": 1, "values": 2, "court": 1}


def project(root: Path, *, severity: str = "error", model: str = "select * from {{ ref('cases') }}") -> Path:
    for folder in ("seeds", "models", "macros", "tests"):
        (root / folder).mkdir(parents=True)
    shutil.copytree(MACROS / "tests" / "generic", root / "tests" / "generic")
    shutil.copy(MACROS / "macros" / "judge_claims.sql", root / "macros")
    for reproduced in (root / "tests" / "generic").glob("reproduced*"):
        reproduced.unlink()
    (root / "dbt_project.yml").write_text(PROJECT)
    (root / "profiles.yml").write_text(PROFILES)
    (root / "seeds" / "cases.csv").write_text(CASES)
    (root / "seeds" / "courts.csv").write_text("court\nT1\nT2\nT3\n")
    (root / "models" / "kept.sql").write_text(model)
    claims = CLAIMS.replace("SEVERITY", severity)
    for name, kind, folder in (("cases", "seeds", "seeds"), ("kept", "models", "models")):
        text = f"version: 2\n{kind}:\n  - name: {name}\n    data_tests:{claims.replace('TABLE', name)}"
        (root / folder / f"{name}.yml").write_text(text)
    return root


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    settings = {"DBT_PROJECT_DIR": root, "DBT_PROFILES_DIR": root, "DBT_TARGET_PATH": tmp_path / "target",
                "DBT_LOG_PATH": tmp_path / "logs", "ENFORCEMENT_WAREHOUSE_FILE": tmp_path / "w.duckdb"}  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    return root


def built(root: Path) -> building.Built:
    parsed = invoke(["--quiet", "parse"])
    assert parsed.success, parsed.exception
    return build(root.parent / "target" / "manifest.json", parsed.result, lambda node: None)


def test_every_claim_that_fails_is_named_with_its_file_and_its_rows(place: Path) -> None:
    project(place)
    with pytest.raises(BuildFailedError) as failed:
        built(place)
    told = set(str(failed.value).splitlines())
    assert told == {
        f"Failure in test {table}_{kind} ({folder}/{table}.yml): {rows} rows"
        for table, folder in (("cases", "seeds"), ("kept", "models"))
        for kind, rows in FAILING.items()
    }


def test_dbt_itself_finds_the_same_rows(place: Path) -> None:
    """The second way: each test as a node of dbt's own."""
    project(place, severity="warn")
    labels = built(place).labels
    told = {label for found in labels.values() for label in found}
    done = invoke(["--quiet", "--log-level-file", "none", "test"])
    by_dbt = {f"{each.node.name}: {each.failures}" for each in done.result if each.node.resource_type == "test"}
    assert told == by_dbt
    assert len(told) == 2 * len(FAILING)
    assert set(labels) == {"seed.tiny.cases", "model.tiny.kept"}


def test_a_model_that_is_not_built_is_named_and_so_are_the_claims_that_fail_beside_it(place: Path) -> None:
    project(place, model="select no_such_column from {{ ref('cases') }}")
    with pytest.raises(BuildFailedError, match=r"model kept \(models/kept.sql\): [\s\S]*no_such_column") as failed:
        built(place)
    assert "Failure in test cases_holds (seeds/cases.yml): 2 rows" in str(failed.value)


def test_a_claim_that_nobody_judged_is_no_claim_that_holds(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(place, severity="warn")
    monkeypatch.setattr(building, "CLAIMS", "what the macro does not say ")
    with pytest.raises(BuildFailedError, match=r"not judged: test\.tiny\.cases_court.*kept_holds"):
        built(place)


def test_the_warehouse_is_free_for_others_after_a_build(place: Path) -> None:
    project(place, severity="warn")
    seconds = built(place).seconds
    with duckdb.connect(str(place.parent / "w.duckdb"), config={"threads": 1}) as connection:
        assert connection.execute("select count(*) from main.kept").fetchone() == (6,)
    assert list(seconds) == sorted(seconds, key=lambda name: name == "model.tiny.kept"), "parents before children"
    assert json.loads((place.parent / "target" / "manifest.json").read_bytes())["nodes"].keys() >= seconds.keys()


def test_a_run_that_is_killed_outright_leaves_no_dbt_building_on(place: Path) -> None:
    """dbt is the run's own process: with it the warehouse comes free, without waiting."""
    project(place, severity="warn")
    built(place)
    program = f"""
import os, time
from pathlib import Path
from pipelines.defs.transformation.building import build
manifest = Path({str(place.parent / "target" / "manifest.json")!r})
# Two nodes end at once, each in its own thread: a line in one write, or the two come as one.
build(manifest, None, lambda node: (os.write(1, (node + chr(10)).encode()), time.sleep(60)))
"""
    settings = os.environ | {"PYTHONPATH": str(MACROS.parent)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=settings) as run:
        assert run.stdout is not None
        while (said := run.stdout.readline().strip()) not in ("cases", "courts"):
            assert run.poll() is None, said
        with pytest.raises(duckdb.IOException, match="lock"):
            duckdb.connect(str(place.parent / "w.duckdb"))
        run.kill()
        run.wait()
    duckdb.connect(str(place.parent / "w.duckdb")).close()


def test_a_model_that_was_changed_behind_the_manifest_is_in_it_after_the_build(place: Path) -> None:
    """As when an older file with an older time is put in its place: the snapshot says by which models it was made."""
    project(place, severity="warn")
    built(place)
    manifest = place.parent / "target" / "manifest.json"
    before = json.loads(manifest.read_bytes())["nodes"]["model.tiny.kept"]["checksum"]
    (place / "models" / "kept.sql").write_text("select * from {{ ref('cases') }} where true")
    build(manifest, None, lambda node: None)
    assert json.loads(manifest.read_bytes())["nodes"]["model.tiny.kept"]["checksum"] != before
