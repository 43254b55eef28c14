"""What the bulletin prints: figures, ranks, deliveries and open items of one month, read as published.
The second count that the printed figures are checked against belongs to recount."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries.dimensions import leading
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def provinces(cursor: Cursor) -> list[str]:
    """The provinces of the snapshot, the one with most courts first."""
    rows = cursor.execute(SQL["provinces"]).fetchall()
    return [code for (code,) in rows]


def figures(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code of one month and window, as published, with its 95 % interval."""
    return cursor.execute(
        SQL["figures"],
        {"window": window, "month": f"{month}-01"},
    ).df()


def ranks(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """peer_group × indicator (COMPOSITE included) × court: rank, its interval and place, score, status, funnel."""
    return cursor.execute(
        SQL["ranks"],
        {"province": province, "window": window, "month": f"{month}-01"},
    ).df()


def streaks(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """peer_group, court_code, month_count: courts maybe among the last by the composite for three months or more."""
    return cursor.execute(
        SQL["streaks"],
        {"province": province, "window": window, "month": f"{month}-01"},
    ).df()


def restated(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """court_code, scope_code, indicator_code, old_value, new_value, cause: changed after the month was closed."""
    return cursor.execute(
        SQL["restated"],
        {"province": province, "window": window, "month": f"{month}-01", "leading": leading(cursor, month)},
    ).df()


def definitions(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row per leading indicator: the version in force in the month, with the units of what it divides."""
    return cursor.execute(
        SQL["definitions"],
        {"month": f"{month}-01", "leading": leading(cursor, month)},
    ).df()


def history(cursor: Cursor, court: str, scope: str, month: str) -> pd.DataFrame:
    """Rolling years of the last 24 months, for a chart: indicator, its definition, month, value and its interval."""
    return cursor.execute(
        SQL["history"],
        {"court": court, "scope": scope, "month": f"{month}-01"},
    ).df()


def deliveries(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """kind × court of what was expected for the month: status, is_delivered, is_late, rows refused."""
    return cursor.execute(
        SQL["deliveries"],
        {"province": province, "month": f"{month}-01"},
    ).df()


def label_failures(cursor: Cursor, month: str) -> pd.DataFrame:
    """Rules of the gate that some record of the month fails: kind, rule in both languages, counts."""
    return cursor.execute(
        SQL["label_failures"],
        {"month": f"{month}-01"},
    ).df()
