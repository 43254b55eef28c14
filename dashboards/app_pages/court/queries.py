"""One court: its indicators beside those of its peers, and its peers themselves.
Case flow comes from windows; the cases behind a number come from evidence."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def indicators(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """One row per indicator, alternative readings left out: value, n, change, rank, peer median, quartiles, status."""
    return SQL.frame(cursor, "indicators", court=court, scope=scope, window=window, month=month)


def history(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twenty-four months, for sparklines."""
    return SQL.frame(cursor, "history", court=court, scope=scope, window=window, month=month)


def composite(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """At most one row: the court's composite rank in its peer group."""
    return SQL.frame(cursor, "composite", court=court, scope=scope, window=window, month=month)


def peers(cursor: Cursor, court: str, scope: str, month: Month, window: str, indicator: str) -> pd.DataFrame:
    """The court's peer group by one indicator, in rank order."""
    return SQL.frame(cursor, "peers", court=court, scope=scope, window=window, month=month, indicator=indicator)


def standouts(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """Indicators on which the court lies outside its group's funnel at 95 %, the clearest first.

    Those that have no better side are left out: monitored and interval indicators, and counts that grow with the court.
    """
    return SQL.frame(cursor, "standouts", court=court, scope=scope, window=window, month=month)


def before(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """indicator_code, numerator, denominator, value of the same window one month earlier."""
    return SQL.frame(cursor, "before", court=court, scope=scope, window=window, month=month)


def checks(cursor: Cursor, court: str, month: Month) -> pd.DataFrame:
    """Every check that looked at the court in that month, flagged ones first, with threshold and innocent reasons."""
    return SQL.frame(cursor, "checks", court=court, month=month)


def streaks(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """Streaks at either end that still run in that month, those of the last first, the longest first."""
    return SQL.frame(cursor, "streaks", court=court, scope=scope, window=window, month=month)


def items(cursor: Cursor, court: str, scope: str, month: Month, size: int, page: int) -> pd.DataFrame:
    """One page of the items of the ledger open at the month's end, the earliest due first; is_overdue as of that day.

    total_count and overdue_count count them all.
    """
    return SQL.frame(cursor, "items", court=court, scope=scope, month=month, size=size, page=page)


def flows(cursor: Cursor, court: str, scope: str, month: Month, window: str, case_scope: str) -> pd.DataFrame:
    """stage_code, lens, flow_effect, case_count in their order: the active stock, then what lies suspended."""
    return SQL.frame(cursor, "flows", court=court, scope=scope, window=window, month=month, case_scope=case_scope)
