"""The standing of one peer group by one indicator or the composite, with what says how sure it is.
Ranks, intervals, bands, streaks and limits are read as published; nothing is ranked here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def ranking(cursor: Cursor, peer_group: str, province: str, month: Month, window: str, indicator: str) -> pd.DataFrame:
    """One row per court of the group, ranked courts first in their order, the others after them in the official one."""
    return SQL.frame(
        cursor, "ranking", peer=peer_group, month=month, window=window, province=province, indicator=indicator
    )


def definition(cursor: Cursor, indicator: str, month: Month) -> pd.DataFrame:
    """The version in force in the month: bounds, target, the only window these hold for; empty for COMPOSITE."""
    return SQL.frame(cursor, "definition", indicator=indicator, month=month)


def funnel(cursor: Cursor, peer_group: str, province: str, month: Month, window: str, indicator: str) -> pd.DataFrame:
    """One row per judgeable court, by n: value, expected value, limits at 95 % and 99.8 %, signal."""
    return SQL.frame(
        cursor, "funnel", peer=peer_group, month=month, window=window, province=province, indicator=indicator
    )


def saturated(cursor: Cursor, peer_group: str, province: str, month: Month, window: str) -> pd.DataFrame:
    """Every ranked indicator of the group: courts at its ceiling, whether it is saturated, whether it separates."""
    return SQL.frame(cursor, "saturated", peer=peer_group, month=month, window=window, province=province)


def points(cursor: Cursor, peer_group: str, province: str, month: Month, window: str) -> pd.DataFrame:
    """Court × weighted indicator: points (null when not ranked) and the weight in force."""
    return SQL.frame(cursor, "points", peer=peer_group, month=month, window=window, province=province)


def sensitivity(cursor: Cursor, peer_group: str, province: str, month: Month, window: str) -> pd.DataFrame:
    """The range of composite ranks when each weight in turn is halved and raised by half, one row per court."""
    return SQL.frame(cursor, "sensitivity", peer=peer_group, month=month, window=window, province=province)
