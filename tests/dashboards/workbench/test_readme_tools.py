"""What the READMEs tell analysts to type works on a snapshot and gives the pages' numbers, in both languages alike.
Only what runs here is run: Python and the SQL that all tools share."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboards.month import Month
from dashboards.queries import rankings
from dashboards.workbench.queue import KEPT_ROWS

ROOT = Path(__file__).parents[3]
READMES = ("docs/analysts.md", "docs/analysts.zh.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def row(name: str, tool: str) -> str:
    """The line of the table of tools."""
    return next(line for line in text(name).splitlines() if line.startswith(f"| {tool} |"))


@pytest.fixture(scope="module")
def sealed(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that nobody may write, as a published snapshot is."""
    published = data_directories["full"] / "published"
    place = tmp_path_factory.mktemp("tools") / "enforcement.duckdb"
    shutil.copyfile(published / (published / "CURRENT").read_text(encoding="utf-8") / "enforcement.duckdb", place)
    place.chmod(0o444)
    return place


@pytest.mark.parametrize("name", READMES)
def test_the_line_of_python_gives_the_leaderboards_numbers(
    sealed: Path, truth: duckdb.DuckDBPyConnection, name: str
) -> None:
    (line,) = re.findall(r"`(duckdb\.connect\(.*?)`", row(name, "Python"))
    found = eval(line, {"duckdb": duckdb, "path": str(sealed)})
    assert isinstance(found, pd.DataFrame)
    shown = rankings.ranking(truth, "basic", "QH", Month.parse("2019-12"), "ytd", "QX02").set_index("court_code")
    now = found[found["period_month"] == pd.Timestamp("2019-12-01")]
    own = now[now["scope_code"] == "own"].set_index("court_code").loc[shown.index]
    assert own["value"].astype(float).tolist() == pytest.approx(shown["value"].astype(float).tolist())


@pytest.mark.parametrize("name", READMES)
def test_every_statement_that_is_shown_is_answered(sealed: Path, name: str) -> None:
    shown = re.findall(r"^from \w+\(.*;$", text(name), flags=re.M)
    assert len(shown) == 2
    with duckdb.connect(str(sealed), read_only=True) as connection:
        assert [statement for statement in shown if not connection.execute(statement).fetchall()] == []


@pytest.mark.parametrize("name", READMES)
def test_r_and_python_ask_the_same(name: str) -> None:
    asked = {tool: re.findall(r'"(from [^"]*)"', row(name, tool)) for tool in ("Python", "R")}
    assert asked["Python"] == asked["R"] != []


def test_both_languages_show_the_same_commands() -> None:
    for tool in ("DBeaver", "Python", "R", "Excel"):
        commands = [sorted(re.findall(r"`([^`]+)`", row(name, tool))) for name in READMES]
        assert commands[0] == commands[1], tool


def test_the_rows_that_a_download_holds_are_as_many_as_is_said() -> None:
    assert f"{KEPT_ROWS:,} rows" in row(READMES[0], "Excel")
    assert f"{KEPT_ROWS // 10_000} 万行" in row(READMES[1], "Excel")
