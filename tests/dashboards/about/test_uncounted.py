"""What a ratio does not count: with what it counts it is the whole, record by record, in every window and scope.
How lists are drawn is tested with the page."""

from __future__ import annotations

import duckdb
import pytest

from dashboards.month import Month
from dashboards.queries import uncounted, windows
from dashboards.queries.evidence import Part, records, totals

MONTH = Month.parse("2019-12")


@pytest.mark.parametrize("court, scope", [("T13", "own"), ("T10", "jurisdiction"), ("T00", "province")])
@pytest.mark.parametrize("window", ["month", "ytd", "rolling_12m"])
def test_counted_and_not_counted_are_all(truth: duckdb.DuckDBPyConnection, court: str, scope: str, window: str) -> None:
    bounds = windows.bounds(truth, "QH", MONTH, window).iloc[0]
    rows = truth.execute(
        "select distinct indicator_code, numerator_measure, numerator_scope, denominator_measure, denominator_scope"
        " from core.dim_indicators where denominator_measure is not null"
    ).fetchall()
    told = 0
    for code, counted, counted_scope, whole, whole_scope in rows:
        if uncounted._sides(truth, counted, whole) is None:
            continue
        ends = (court, scope, bounds["first_month"], bounds["last_month"])
        over, under = Part(counted, counted_scope, *ends), Part(whole, whole_scope, *ends)
        if not uncounted.is_told(truth, over, under).iloc[0]["told"]:
            continue
        missing = uncounted.records(truth, over, under, 100_000, 1).drop(columns="total_count")
        found = records(truth, over, 100_000, 1)
        assert len(missing) + len(found) == int(totals(truth, under).iloc[0]["record_count"]), code
        told += 1
    assert told >= 2


def test_a_numerator_that_is_no_part_of_its_denominator_has_no_such_list(truth: duckdb.DuckDBPyConnection) -> None:
    ends = ("T13", "own", MONTH, MONTH)
    scope = "first_enforcement"
    closed, filed = Part("closed_cases", scope, *ends), Part("new_cases", scope, *ends)
    assert not uncounted.is_told(truth, closed, filed).iloc[0]["told"]
