"""What the bulletin prints: figures, ranks, deliveries and open items of one month, read as published.
The second count that the printed figures are checked against belongs to recount."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries.dimensions import leading
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def provinces(cursor: Cursor) -> list[str]:
    """The provinces of the snapshot, the one with most courts first."""
    rows = cursor.execute(SQL["provinces"]).fetchall()
    return [code for (code,) in rows]


def figures(cursor: Cursor, month: Month, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code of one month and window, as published, with its 95 % interval."""
    return SQL.frame(cursor, "figures", window=window, month=month)


def ranks(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """peer_group × indicator (COMPOSITE included) × court: rank, its interval and place, score, status, funnel."""
    return SQL.frame(cursor, "ranks", province=province, window=window, month=month)


def changes(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """peer_group × court × indicator whose change from the month before is judged, and whether it is beyond chance."""
    return SQL.frame(cursor, "changes", province=province, window=window, month=month, leading=leading(cursor, month))


def streaks(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """peer_group, court_code, month_count: courts maybe among the last by the composite for three months or more."""
    return SQL.frame(cursor, "streaks", province=province, window=window, month=month)


def restated(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """court_code, scope_code, indicator_code, old_value, new_value, cause: changed after the month was closed."""
    return SQL.frame(cursor, "restated", province=province, window=window, month=month, leading=leading(cursor, month))


def definitions(cursor: Cursor, month: Month) -> pd.DataFrame:
    """One row per leading indicator: the version in force in the month, with the units of what it divides."""
    return SQL.frame(cursor, "definitions", month=month, leading=leading(cursor, month))


def history(cursor: Cursor, court: str, scope: str, month: Month) -> pd.DataFrame:
    """Rolling years of the last 24 months, for a chart: indicator, its definition, month, value and its interval."""
    return SQL.frame(cursor, "history", court=court, scope=scope, month=month)


def deliveries(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """kind × court of what was expected for the month: status, is_delivered, is_late, rows refused."""
    return SQL.frame(cursor, "deliveries", province=province, month=month)


def label_failures(cursor: Cursor, month: Month) -> pd.DataFrame:
    """Rules of the gate that some record of the month fails: kind, rule in both languages, counts."""
    return SQL.frame(cursor, "label_failures", month=month)
