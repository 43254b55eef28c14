"""The warehouse gets an engine's rows in the types that DuckDB gave its tables, all of them or none.
That a real engine gives the rows of a world is shown by tests/golden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.engines import building, filling, session, sources
from pipelines.layout import Layout

MADE = """
create schema seeds; create schema core;
create table seeds.rules as select 'kept' as rule;
create table core.fct_cases (court_code varchar not null, filed_date date, amount decimal(20, 2), value double);
create table core.fct_funds (fund_id varchar);
create table core.fct_ranks as select null as rank;
insert into core.fct_funds values ('of an earlier attempt');
"""
CASES = pa.table({"court_code": ["T11"], "filed_date": ["2019-01-31"], "amount": [Decimal("12.50")], "value": [0.1]})
RANKS = pa.table({"rank": pa.array([3], pa.int32())})  # of a Python model: without a row its columns have no type
FUNDS = pa.table({"fund_id": ["f1", "f2"]})


class Engine:
    """Stands for a session: its tables by name."""

    def __init__(self, **tables: pa.Table) -> None:
        self.tables = tables

    def table(self, name: str) -> Engine:
        self.asked = name.split(".")[1]
        return self

    def toArrow(self) -> pa.Table:  # noqa: N802 - the engine's name
        return self.tables[self.asked]


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    made = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    made.warehouse.mkdir(parents=True)
    with duckdb.connect(str(made.warehouse_file)) as connection:
        connection.execute(MADE)
    monkeypatch.setattr(sources, "register", lambda *_: None)
    monkeypatch.setattr(building, "on_engine", lambda *_: None)
    monkeypatch.setattr(building, "views_on_duckdb", lambda *_: None)
    monkeypatch.setattr(session, "versions", lambda engine: {engine: "1"})
    return made


def filled(layout: Layout, monkeypatch: pytest.MonkeyPatch, **tables: pa.Table) -> int:
    @contextmanager
    def opened(*_: str) -> Iterator[Any]:
        yield Engine(**tables)

    monkeypatch.setattr(session, "opened", opened)
    return filling.fill(layout, "sail")


def rows(layout: Layout, table: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(layout.warehouse_file), read_only=True) as connection:
        return connection.execute(f"from {table} order by all").fetchall()


def test_rows_come_in_the_types_of_the_warehouse_and_seeds_stay(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled(layout, monkeypatch, fct_cases=CASES, fct_funds=FUNDS, fct_ranks=RANKS) == 3
    assert rows(layout, "core.fct_cases") == [("T11", date(2019, 1, 31), Decimal("12.50"), 0.1)]
    assert rows(layout, "core.fct_funds") == [("f1",), ("f2",)]
    assert rows(layout, "core.fct_ranks") == [(3,)]
    assert rows(layout, "seeds.rules") == [("kept",)]
    assert json.loads(layout.made_by.read_text()) == {"name": "sail", "versions": {"sail": "1"}}
    assert [path.name for path in layout.warehouse.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(
    "wrong",
    [
        pa.table({"fund_id": ["f1"], "other": ["x"]}).drop_columns("fund_id"),
        pa.table({"nothing": pa.array([], pa.string())}),
    ],
)
def test_a_table_that_does_not_fit_leaves_the_warehouse_as_it_was(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, wrong: pa.Table
) -> None:
    with pytest.raises(duckdb.Error):
        filled(layout, monkeypatch, fct_cases=CASES, fct_funds=wrong, fct_ranks=RANKS)
    assert rows(layout, "core.fct_cases") == []
    assert rows(layout, "core.fct_funds") == [("of an earlier attempt",)]
    assert not layout.made_by.exists()


def test_a_value_missing_where_the_contract_wants_one_is_refused(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(duckdb.ConstraintException):
        filled(layout, monkeypatch, fct_cases=CASES.set_column(0, "court_code", pa.array([None], pa.string())),
               fct_funds=FUNDS, fct_ranks=RANKS)  # fmt: skip
    assert rows(layout, "core.fct_cases") == []
