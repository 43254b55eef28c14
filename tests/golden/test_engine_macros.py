"""What the comparison of engines says when the macro that mends one of them is gone: which tables are wrong.
A project of one seed and two models: the whole one reckons months from 1970 then, and does not come to an end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
MACROS = (REPOSITORY / "dbt_project" / "macros" / "engines" / "spark.sql").read_text(encoding="utf-8")
ADDING = re.compile(r"\{% macro spark__dateadd.*?\{%- endmacro %\}", re.DOTALL)

PROJECT = "{name: tiny, version: '1.0.0', profile: tiny, flags: {send_anonymous_usage_stats: false}}"
PROFILES = """
tiny:
  target: build
  outputs:
    build: {type: duckdb, path: ours.duckdb, schema: main}
    sail: {type: sail, mode: remote, host: "{{ env_var('ENFORCEMENT_ENGINE_HOST', '') }}",
           port: "{{ env_var('ENFORCEMENT_ENGINE_PORT', '0') | int }}", schema: main}
"""
SEED = "case_id,day\nA,2019-01-31\nB,2019-12-15\n"
MODELS = {
    "terms": "select case_id, cast({{ dbt.dateadd('month', 1, 'day') }} as date) as term from {{ ref('filed') }}",
    "spans": "select case_id, {{ dbt.datediff('day', \"cast('2020-02-01' as date)\", 'month') }} as months"
    " from {{ ref('filed') }}",
}
PROGRAM = """
import json, subprocess, sys
from pathlib import Path
from pipelines.engines import comparison, session

dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet", "build", "--target"]
subprocess.run([*dbt, "build"], check=True, stdout=sys.stderr)
with session.opened("sail") as opened:
    from dbt.cli.main import dbtRunner

    assert dbtRunner().invoke(["--quiet", "build", "--target", "sail"]).success
    found = list(comparison.compare(Path("ours.duckdb"), opened))
Path("found.json").write_text(json.dumps({table.table: [table.rows, table.is_equal] for table in found}))
"""


@pytest.mark.parametrize(
    ("macros", "wrong"), [(MACROS, []), (ADDING.sub("", MACROS), ["main.terms"])], ids=["mended", "macro removed"]
)
def test_the_tables_that_are_wrong_without_the_macro_are_named(
    macros: str, wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("seeds", "models", "macros"):
        (tmp_path / folder).mkdir()
    (tmp_path / "dbt_project.yml").write_text(PROJECT)
    (tmp_path / "profiles.yml").write_text(PROFILES)
    (tmp_path / "macros" / "spark.sql").write_text(macros)
    (tmp_path / "seeds" / "filed.csv").write_text(SEED)
    for name, sql in MODELS.items():
        (tmp_path / "models" / f"{name}.sql").write_text("{{ config(materialized='table') }}\n" + sql)
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    found = json.loads((tmp_path / "found.json").read_text())
    assert {table: rows for table, (rows, _) in found.items()} == {"main.filed": 2, "main.spans": 2, "main.terms": 2}
    assert [table for table, (_, is_equal) in found.items() if not is_equal] == wrong
