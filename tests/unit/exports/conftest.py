"""A real PostgreSQL server for the session, on a free port of this machine, and a small snapshot to export.
What an export must do is in the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest

from pipelines.publication import catalogue
from pipelines.publication.public_models import PublicModel
from tests import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the session."""
    with postgres.running() as started:
        yield started.address


@pytest.fixture
def address(server: str, request: pytest.FixtureRequest) -> str:
    """An empty database of the test's own."""
    name = f"t{abs(hash(request.node.nodeid))}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"drop database if exists {name}")
        connection.execute(f"create database {name}")
    return f"{server}/{name}"


COURTS = PublicModel(
    "core", "dim_courts", "法院 | Courts", {"court_code": "代码 | Code", "note": "备注 | Note"}, "province"
)
VALUES = PublicModel(
    "performance",
    "fct_values",
    "数值 | Values",
    {
        "court_code": "法院 | Court",
        "month": "月份 | Month",
        "value": "值 | Value",
        "ratio": "率 | Ratio",
        "on_time": "及时 | On time",
    },
    "province",
)
TESTS = {
    "nodes": {
        "test.a": {
            "resource_type": "test",
            "test_metadata": {"name": "unique", "kwargs": {}},
            "column_name": "court_code",
            "attached_node": "model.enforcement.dim_courts",
        },
        "test.b": {
            "resource_type": "test",
            "test_metadata": {"name": "unique_combination", "kwargs": {"columns": ["court_code", "month"]}},
            "column_name": None,
            "attached_node": "model.enforcement.fct_values",
        },
    },
    "sources": {},
}


def write_snapshot(directory: Path, snapshot_id: str, rows: int, extra: str = "") -> Path:
    """A snapshot with two tables and a catalogue; `extra` is one more column of the first."""
    file = directory / snapshot_id / "enforcement.duckdb"
    file.parent.mkdir(parents=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema core; create schema performance")
        connection.execute(
            "create table core.dim_courts as select * from"
            " (values ('A', '空''格,\"引号\"\n换行'), ('B', ''), ('C', null)) as t(court_code, note)"
        )
        if extra:
            connection.execute(f"alter table core.dim_courts add column {extra} integer default 1")
        connection.execute(
            """
            create table performance.fct_values as
            select case when i % 97 = 0 then null else 'T' || (i % 7) end as court_code,
                   cast(date '2019-01-01' + cast(i as integer) as date) as month,
                   cast(i * 1.25 as decimal(24, 2)) as value, i / 3.0 as ratio, i % 2 = 0 as on_time
            from range(?) as r(i)
            """,
            [rows],
        )
        connection.execute("comment on column core.dim_courts.court_code is '代码 | Code'")
        counts = {"core.dim_courts": 3, "performance.fct_values": rows}
        catalogue.write(connection, TESTS, [COURTS, VALUES], counts)
    return file


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    """The database file of a small snapshot."""
    return write_snapshot(tmp_path, "2019-12-first", 5000)
