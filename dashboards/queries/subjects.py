"""What the pages about one subject ask alike: chosen indicators of a court and scope, now and over the past months.
What only one of them asks belongs to the module of its name."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def indicators(
    cursor: Cursor, codes: tuple[str, ...], court: str, scope: str, month: Month, window: str
) -> pd.DataFrame:
    """One row per indicator of `codes` in that order: names, unit, numerator, denominator, value, n, status, change."""
    return SQL.frame(cursor, "indicators", codes=codes, court=court, scope=scope, window=window, month=month)


def history(cursor: Cursor, codes: tuple[str, ...], court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twenty-four months, for sparklines."""
    return SQL.frame(cursor, "history", codes=codes, court=court, scope=scope, window=window, month=month)


def by_court(
    cursor: Cursor, codes: tuple[str, ...], courts: tuple[str, ...], month: Month, window: str
) -> pd.DataFrame:
    """court_code, indicator_code, numerator, denominator, value, status: the courts' own figures."""
    return SQL.frame(cursor, "by_court", codes=codes, courts=courts, window=window, month=month)
