"""The facts that make a court need attention: unmet thresholds, streaks, checks with a flag, restated values.
Which of them count, and in which words, is decided by findings and the texts."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def unmet(cursor: Cursor, peer_group: str, province: str, month: Month, window: str) -> pd.DataFrame:
    """Court × core indicator outside its target: value, target, n; in the indicator's own window if it has one."""
    return SQL.frame(cursor, "unmet", peer=peer_group, province=province, month=month, window=window)


def streaks(cursor: Cursor, peer_group: str, month: Month, window: str) -> pd.DataFrame:
    """court_code, month_count: courts maybe among the last by the composite for three months or more."""
    return SQL.frame(cursor, "streaks", peer=peer_group, window=window, month=month)


def flags(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """Checks with a flag in the month: court, name of the check, value, n, peers' median, watch or alert."""
    return SQL.frame(cursor, "flags", province=province, month=month)


def restated(cursor: Cursor, month: Month, window: str) -> pd.DataFrame:
    """court_code, indicator_count: courts whose official values of the month have changed since it was closed."""
    return SQL.frame(cursor, "restated", month=month, window=window)


def jurisdictions(cursor: Cursor, province: str, month: Month, window: str, indicator: str) -> pd.DataFrame:
    """prefecture_code, value, case_count, status, unit of one indicator: each intermediate court's jurisdiction."""
    return SQL.frame(cursor, "jurisdictions", province=province, indicator=indicator, window=window, month=month)
