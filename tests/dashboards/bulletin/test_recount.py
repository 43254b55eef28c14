"""The recount ranks as the warehouse does: a ranking needs as many courts as the threshold says.
Sums and flags are tried with the claims that rest on them."""

from __future__ import annotations

import duckdb
import pytest

from dashboards.bulletin.queries import proof
from dashboards.bulletin.recount import Recount
from dashboards.month import Month

MONTH, RANKED = Month.parse("2019-12"), 7


def changed(truth: duckdb.DuckDBPyConnection, **values: str) -> duckdb.DuckDBPyConnection:
    """A copy of the tables of `truth` that a query of the recount names, its threshold changed."""
    copy = duckdb.connect()
    for schema, table in truth.execute("select schema_name, table_name from duckdb_tables()").fetchall():
        rows = truth.execute(f'from "{schema}"."{table}"').to_arrow_table()
        copy.register("rows", rows)
        copy.execute(f'create schema if not exists "{schema}"')
        copy.execute(f'create table "{schema}"."{table}" as from rows')
    sets = ", ".join(f"{column} = {value}" for column, value in values.items())
    copy.execute(f"update core.dim_thresholds set {sets}")
    return copy


@pytest.mark.parametrize(("least", "ranked"), [(RANKED, RANKED), (RANKED + 1, 0)])
def test_an_indicator_that_fewer_courts_have_than_a_ranking_needs_has_no_places(
    truth: duckdb.DuckDBPyConnection, least: int, ranked: int
) -> None:
    cursor = changed(truth, threshold_value=str(least))
    assert len(Recount(cursor, MONTH, "QH").standing("basic", "QX02")) == ranked


def test_the_threshold_is_the_one_that_is_in_force_in_the_month(truth: duckdb.DuckDBPyConnection) -> None:
    later = changed(truth, threshold_value="5", valid_from="date '2020-01-01'")
    assert proof.least_peers(later, MONTH) == 0
    assert proof.least_peers(later, MONTH.shifted(1)) == 5
