"""The standing of one peer group by one indicator or the composite, with what says how sure it is.
Ranks, intervals, bands, streaks and limits are read as published; nothing is ranked here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def ranking(cursor: Cursor, peer_group: str, province: str, month: str, window: str, indicator: str) -> pd.DataFrame:
    """One row per court of the group, ranked courts first in their order, the others after them in the official one."""
    return cursor.execute(
        SQL["ranking"],
        _values(peer_group, month, window) | {"province": province, "indicator": indicator},
    ).df()


def definition(cursor: Cursor, indicator: str, month: str) -> pd.DataFrame:
    """The version in force in the month: bounds, target, the only window these hold for; empty for COMPOSITE."""
    return cursor.execute(
        SQL["definition"],
        {"indicator": indicator, "month": f"{month}-01"},
    ).df()


def funnel(cursor: Cursor, peer_group: str, province: str, month: str, window: str, indicator: str) -> pd.DataFrame:
    """One row per judgeable court, by n: value, expected value, limits at 95 % and 99.8 %, signal."""
    return cursor.execute(
        SQL["funnel"],
        _values(peer_group, month, window) | {"province": province, "indicator": indicator},
    ).df()


def saturated(cursor: Cursor, peer_group: str, province: str, month: str, window: str) -> pd.DataFrame:
    """Every ranked indicator of the group: courts at its ceiling, whether it is saturated, whether it separates."""
    return cursor.execute(
        SQL["saturated"],
        _values(peer_group, month, window) | {"province": province},
    ).df()


def points(cursor: Cursor, peer_group: str, province: str, month: str, window: str) -> pd.DataFrame:
    """Court × weighted indicator: points (null when not ranked) and the weight in force."""
    return cursor.execute(
        SQL["points"],
        _values(peer_group, month, window) | {"province": province},
    ).df()


def sensitivity(cursor: Cursor, peer_group: str, province: str, month: str, window: str) -> pd.DataFrame:
    """The range of composite ranks when each weight in turn is halved and raised by half, one row per court."""
    return cursor.execute(
        SQL["sensitivity"],
        _values(peer_group, month, window) | {"province": province},
    ).df()


def interval_statuses(cursor: Cursor) -> pd.DataFrame:
    """What the statuses of interval mode are called, in their order."""
    return cursor.execute(SQL["interval_statuses"]).df()


def _values(peer_group: str, month: str, window: str) -> dict[str, str]:
    return {"peer": peer_group, "window": window, "month": f"{month}-01"}
