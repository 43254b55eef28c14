"""Values over time for chosen courts and indicators, with their intervals, peers, and what marks the line.
Marks are events, changes of definition and restatements; ranks over time are read as published."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def series(
    cursor: Cursor, courts: tuple[str, ...], indicators: tuple[str, ...], scope: str, window: str
) -> pd.DataFrame:
    """Court × indicator × month with peers and province; a court is taken in `scope`, or in its own if it lacks it."""
    return SQL.frame(cursor, "series", courts=courts, indicators=indicators, scope=scope, window=window)


def other_versions(cursor: Cursor, courts: tuple[str, ...], indicators: tuple[str, ...], window: str) -> pd.DataFrame:
    """Values by a definition that is not the one in force in their month: the year in which two overlap."""
    return SQL.frame(cursor, "other_versions", courts=courts, indicators=indicators, window=window)


def restatements(cursor: Cursor, courts: tuple[str, ...], indicators: tuple[str, ...], window: str) -> pd.DataFrame:
    """Values that changed after their month was closed: old and new value, why, and by which delivery."""
    return SQL.frame(cursor, "restatements", courts=courts, indicators=indicators, window=window)


def ranks(cursor: Cursor, peer_group: str, province: str, month: Month, window: str, indicator: str) -> pd.DataFrame:
    """Court × month of the two years up to the month: published rank and its interval; unranked months are absent."""
    return SQL.frame(
        cursor, "ranks", peer=peer_group, province=province, window=window, month=month, indicator=indicator
    )


def bounds(cursor: Cursor, indicators: tuple[str, ...], window: str) -> pd.DataFrame:
    """Targets and intervals as published, by version with its dates; those of another window are left out."""
    return SQL.frame(cursor, "bounds", indicators=indicators, window=window)


def events(cursor: Cursor, indicators: tuple[str, ...]) -> pd.DataFrame:
    """Marked dates: events for all or one of the indicators, and days on which a definition took over from another."""
    return SQL.frame(cursor, "events", indicators=indicators)
