"""Statements in files: what the loader of named statements takes and refuses.
Whether the statements are right is told by the tests of the pages that ask them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboards.month import Month
from dashboards.statements import statements


def test_a_statement_runs_from_its_name_to_the_next(tmp_path: Path) -> None:
    (tmp_path / "queries.sql").write_text(
        "-- a remark\n\n-- name: one\nselect 1 as n;\n\n-- name: two\n-- of two values\nselect $a + $b as n\n",
        encoding="utf-8",
    )
    found = statements(str(tmp_path / "queries.py"))
    assert list(found) == ["one", "two"]
    assert duckdb.execute(found["one"]).fetchall() == [(1,)]
    assert duckdb.execute(found["two"], {"a": 2, "b": 3}).fetchall() == [(5,)]


def test_a_name_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "queries.sql").write_text("-- name: one\nselect 1;\n-- name: one\nselect 2;\n", encoding="utf-8")
    with pytest.raises(ValueError, match="two statements one"):
        statements(str(tmp_path / "queries.py"))


def test_values_are_bound_as_the_statement_takes_them(tmp_path: Path) -> None:
    (tmp_path / "queries.sql").write_text(
        "-- name: page\n"
        "select cast($month as date) as month, list_sum($courts) as courts, $status as status, n\n"
        "from range(10) as r (n) order by n limit $size offset $start;\n",
        encoding="utf-8",
    )
    found = statements(str(tmp_path / "queries.py")).frame(
        duckdb.connect(), "page", month=Month.parse("2019-12"), courts=(1, 2), status="2019-12", size=3, page=3
    )
    assert found["n"].tolist() == [6, 7, 8]
    assert str(found["month"][0])[:10] == "2019-12-01"
    assert (found["courts"][0], found["status"][0]) == (3, "2019-12")
