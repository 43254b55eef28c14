"""The golden world on another engine: every table is the same, value by value, as on DuckDB.
The engine runs in a process of its own, with packages that nothing else imports; `make test` puts them there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.engines.comparison import unlike
from pipelines.environment import prepare
from pipelines.layout import layout

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = Path(sys.prefix) / "engines"
LEAST_COMPARED = 160  # the golden world has no row for some tables on either engine: these are not compared

FILLING = """
from pipelines.environment import prepare
from pipelines.layout import layout

prepare(layout())
from pipelines.defs.reporting import LogReporter
from pipelines.defs.transformation.models import by_engine

assert len(by_engine(LogReporter()).seconds) > 150
"""


@pytest.fixture(scope="module")
def proof(golden_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `make prove ENGINE=sail` writes for the golden tree, whose lake the engine reads from another place."""
    data = tmp_path_factory.mktemp("proven") / "data"
    shutil.copytree(golden_data, data)
    assert (PACKAGES / "sail" / "pysail").is_dir(), f"Sail is not in {PACKAGES}: `make test` puts it there"
    environment = os.environ | {
        "ENFORCEMENT_DATA_DIR": str(data),
        "ENFORCEMENT_KEY_FILE": str(data / "key"),
        "ENFORCEMENT_LAKE_LOCATION": str(data.parent / "the lake's copy"),
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-m", "pipelines", "prove", "--engine", "sail"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert list((data.parent / "the lake's copy").glob("cases/*/*.parquet")), "nothing was copied there"
    return dict(json.loads(next(data.glob("proofs/*/sail.json")).read_text(encoding="utf-8")))


def test_every_table_is_the_same_value_by_value(proof: dict[str, Any]) -> None:
    different = [
        table["table"] for table in proof["tables"] if table["only_duckdb"] or table["only_engine"] or table["problem"]
    ]
    assert not different
    assert proof["equal"] >= LEAST_COMPARED and proof["equal"] + len(proof["empty"]) == len(proof["tables"])


def test_the_tables_that_courts_are_judged_by_are_among_what_was_compared(proof: dict[str, Any]) -> None:
    rows = {table["table"]: table["rows"] for table in proof["tables"]}
    for name in (
        "performance.fct_court_indicators",
        "performance.fct_court_intervals",
        "performance.fct_rank_intervals",
        "rankings.rpt_court_rankings",
        "rankings.rpt_gaming_checks",
        "rankings.rpt_rejected_rows",
    ):
        assert rows[name] > 0, name


def test_the_proof_names_the_engines_their_releases_and_the_snapshot(proof: dict[str, Any]) -> None:
    assert proof["engine"] == "sail" and set(proof["versions"]) >= {"duckdb", "pysail", "dbt-sail"}
    assert proof["proven_at"].endswith("+08:00") and proof["snapshot_id"].startswith("2019-02-")
    assert proof["unlike_snapshot"] == [], "what was compared is what was published"


def test_a_warehouse_filled_from_the_engine_is_that_of_duckdb(
    golden_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the models' asset does it: tables without a row from dbt, rows from the engine, views as they are."""
    data = tmp_path / "data"
    shutil.copytree(golden_data, data, ignore=shutil.ignore_patterns("published"))  # nothing was when it was built
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data))
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", str(data / "key"))
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    expected = data / "expected.duckdb"
    layout().warehouse_file.rename(expected)
    prepare(layout())
    monkeypatch.setenv("ENFORCEMENT_ENGINE", "sail")
    done = subprocess.run([sys.executable, "-c", FILLING], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert unlike(layout().warehouse_file, expected) == []
    assert json.loads(layout().made_by.read_text(encoding="utf-8"))["name"] == "sail"
    with duckdb.connect(str(layout().warehouse_file), read_only=True) as connection:
        views = connection.execute("select view_name, sql from duckdb_views() where schema_name = 'intermediate'")
        reading_nothing = [
            name for name, sql in views.fetchall() if "where false limit 0" in " ".join(sql.lower().split())
        ]
    assert reading_nothing == []
