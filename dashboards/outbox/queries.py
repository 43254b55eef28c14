"""What of a snapshot is news in a month: values that changed beyond chance, flags, missing deliveries, restatements.
Who is told of it, and how it is worded, belongs to the modules beside this one."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month, with_months
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def changed(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """court_code, indicator_code, value, value_change, unit, direction of what changed beyond chance on last month."""
    return SQL.frame(cursor, "changed", province=province, month=month, window=window)


def flagged(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """court_code, check_code, flag, names: checks that point at a court in the month and did not in the one before."""
    return SQL.frame(cursor, "flagged", province=province, month=month)


def missing(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """court_code, kind, status: what was due for the month and is not delivered, or came late."""
    return SQL.frame(cursor, "missing", province=province, month=month)


def restated(cursor: Cursor, province: str, window: str) -> pd.DataFrame:
    """court_code, indicator_code, delivery, first_month, last_month, month_count: changed after closing."""
    found = SQL.frame(cursor, "restated", province=province, window=window)
    return with_months(found, "first_month", "last_month")
