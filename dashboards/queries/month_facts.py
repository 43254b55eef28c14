"""What a month leaves to be explained: flags of gaming checks, and items that stand open at its end.
The bulletin names them and the meeting goes through them."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def flags(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """Gaming checks with a flag, alerts first: check, court, hits of n, share, peers' median, the check's words."""
    return SQL.frame(cursor, "flags", province=province, month=month)


def open_items(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """court_code, problem_class, due_date, is_overdue, is_due_next: items that stood open at the month's end."""
    return SQL.frame(cursor, "open_items", province=province, month=month)
