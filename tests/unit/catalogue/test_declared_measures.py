"""A plain measure is declared once, on the fact it counts: one line there and one row in the catalogue.
What declared measures come to belongs to the hand-made worlds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiled.project import PLACES, ROOT

FACT = "models/marts/core/fct_petitions.yml"
AFTER = "          - {code: assigned_petitions, month: assigned_month, value: petition_one}\n"
ROW = "petitions_on_time,按期办结信访,Petitions resolved on time,matters,sum,petitions,,,,,,定义,Definition,999,\n"


def declare(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A copy of the project with one line more on fct_petitions and one row more in the catalogue, compiled by dbt."""
    project = folder / "dbt_project"
    shutil.copytree(ROOT / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs"))
    fact, catalogue = project / FACT, project / "seeds/measures.csv"
    text = fact.read_text(encoding="utf-8")
    assert text.count(AFTER) == 1
    fact.write_text(text.replace(AFTER, AFTER + line), encoding="utf-8")
    with catalogue.open("a", encoding="utf-8") as handle:
        handle.write(ROW)
    command = [
        str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-partial-parse", "compile",
        "--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(folder / "target"),
        "--log-path", str(folder), "--select", "int_measures__declared", "dim_measures",
    ]  # fmt: skip
    settings = {k: v for k, v in os.environ.items() if not k.startswith(("ENFORCEMENT_", "DBT_"))} | PLACES
    return subprocess.run(command, env=settings, capture_output=True, text=True, timeout=240)


def test_one_line_on_its_fact_and_one_row_in_the_catalogue_make_a_measure(tmp_path: Path) -> None:
    done = declare(tmp_path, "          - {code: petitions_on_time, month: due_month, value: is_on_time}\n")
    assert done.returncode == 0, done.stdout + done.stderr
    made = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "target/compiled").rglob("*.sql")}
    assert "sum(is_on_time) as petitions_on_time" in made["int_measures__declared"]
    assert "'petitions_on_time' as measure_code" in made["int_measures__declared"]
    assert "'petitions_on_time' as measure_code" in made["dim_measures"]


@pytest.mark.parametrize(
    "line",
    ["          - {code: petitions_on_time, month: due_month, value: no_such_column}\n", AFTER],
    ids=["a column the fact does not have", "a measure declared twice"],
)
def test_a_declaration_that_cannot_be_summed_stops_the_build(tmp_path: Path, line: str) -> None:
    done = declare(tmp_path, line)
    assert done.returncode != 0
    assert "fct_petitions: measure" in done.stdout + done.stderr
