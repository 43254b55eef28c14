"""What pages are told of a year ago: nothing where the window of that month was not full yet.
How the difference is worded belongs to the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboards.app_pages.trends import queries as trends
from dashboards.month import Month
from dashboards.queries import province_facts, subjects

CODE = "QX02"
# The snapshot begins in January 2018: of the twelve months before May 2018 it has five, before December all.
MONTHS = {"rolling_12m": {"2019-05": False, "2019-12": True}, "month": {"2019-05": True}}


def of_month(series: pd.DataFrame, month: str) -> pd.DataFrame:
    return series[pd.to_datetime(series["period_month"]) == pd.Timestamp(f"{month}-01")]


ASKED: dict[str, Callable[[Any, str, str], pd.DataFrame]] = {
    "province": lambda cursor, month, window: province_facts.province_indicators(
        cursor, "T00", Month.parse(month), window, (CODE,)
    ),
    "subject": lambda cursor, month, window: subjects.indicators(
        cursor, (CODE,), "T00", "province", Month.parse(month), window
    ),
    "trends": lambda cursor, month, window: of_month(
        trends.series(cursor, ("T00",), (CODE,), "province", window), month
    ),
}


@pytest.mark.parametrize(
    ("window", "month", "is_comparable"),
    [(window, month, told) for window, months in MONTHS.items() for month, told in months.items()],
)
@pytest.mark.parametrize("asked", ASKED)
def test_a_window_that_was_not_full_is_no_year_to_compare_with(
    truth: duckdb.DuckDBPyConnection, asked: str, window: str, month: str, is_comparable: bool
) -> None:
    found = ASKED[asked](truth, month, window)
    assert len(found) == 1 and found["value"].notna().all()
    assert found["same_month_last_year_value"].notna().tolist() == [is_comparable]
