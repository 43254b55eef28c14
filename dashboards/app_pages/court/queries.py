"""One court: its indicators beside those of its peers, and its peers themselves.
Case flow comes from windows; the cases behind a number come from evidence."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def indicators(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """One row per indicator, alternative readings left out: value, n, change, rank, peer median, quartiles, status."""
    return cursor.execute(
        SQL["indicators"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def history(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twenty-four months, for sparklines."""
    return cursor.execute(
        SQL["history"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def composite(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """At most one row: the court's composite rank in its peer group."""
    return cursor.execute(
        SQL["composite"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def peers(cursor: Cursor, court: str, scope: str, month: str, window: str, indicator: str) -> pd.DataFrame:
    """The court's peer group by one indicator, in rank order."""
    return cursor.execute(
        SQL["peers"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01", "indicator": indicator},
    ).df()


def standouts(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """Indicators on which the court lies outside its group's funnel at 95 %, the clearest first.

    Those that have no better side are left out: monitored and interval indicators, and counts that grow with the court.
    """
    return cursor.execute(
        SQL["standouts"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def before(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """indicator_code, numerator, denominator, value of the same window one month earlier."""
    return cursor.execute(
        SQL["before"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def checks(cursor: Cursor, court: str, month: str) -> pd.DataFrame:
    """Every check that looked at the court in that month, flagged ones first, with threshold and innocent reasons."""
    return cursor.execute(
        SQL["checks"],
        {"court": court, "month": f"{month}-01"},
    ).df()


def streaks(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """Streaks at either end that still run in that month, those of the last first, the longest first."""
    return cursor.execute(
        SQL["streaks"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def items(cursor: Cursor, court: str, scope: str, month: str, size: int, page: int) -> pd.DataFrame:
    """One page of the items of the ledger open at the month's end, the earliest due first; is_overdue as of that day.

    total_count and overdue_count count them all.
    """
    return cursor.execute(
        SQL["items"],
        {"court": court, "scope": scope, "month": f"{month}-01", "size": size, "start": size * (page - 1)},
    ).df()


def flows(cursor: Cursor, court: str, scope: str, month: str, window: str, case_scope: str) -> pd.DataFrame:
    """stage_code, lens, flow_effect, case_count in their order: the active stock, then what lies suspended."""
    return cursor.execute(
        SQL["flows"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01", "case_scope": case_scope},
    ).df()
