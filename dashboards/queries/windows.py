"""Which months a window covers, and measures added up over them by their window rule.
Indicators come ready-made from the snapshot and are not computed here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

# What pages, the meeting, the wall and the pack show unless another is chosen: months of small courts are mostly noise.
DEFAULT = "rolling_12m"
Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def bounds(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """One row: first_month (cut at the snapshot's first, as published indicators are), last_month, history_month."""
    return SQL.frame(cursor, "bounds", month=month, window=window)


def measures(cursor: Cursor, court: str, scope: str, first_month: str, last_month: str) -> pd.DataFrame:
    """case_scope, measure_code, value: every additive measure over the months, by its window rule."""
    return SQL.frame(cursor, "measures", court=court, scope=scope, first=first_month, last=last_month)


def distinct_defaulters(cursor: Cursor, court: str, scope: str, first_month: str, last_month: str) -> pd.DataFrame:
    """One row: persons listed as defaulters in the months, each counted once within court and scope."""
    return SQL.frame(cursor, "distinct_defaulters", court=court, scope=scope, first=first_month, last=last_month)
