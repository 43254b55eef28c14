"""Which months a window covers, and measures added up over them by their window rule.
Indicators come ready-made from the snapshot and are not computed here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month, with_months
from dashboards.statements import statements

# What pages, the meeting, the wall and the pack show unless another is chosen: months of small courts are mostly noise.
DEFAULT = "rolling_12m"
Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def bounds(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """One row: first_month (cut at the province's first, as published indicators are), last_month, history_month."""
    return with_months(
        SQL.frame(cursor, "bounds", province=province, month=month, window=window),
        "first_month",
        "last_month",
        "history_month",
    )


def measures(cursor: Cursor, court: str, scope: str, first_month: Month, last_month: Month) -> pd.DataFrame:
    """case_scope, measure_code, value: every additive measure over the months, by its window rule."""
    return SQL.frame(cursor, "measures", court=court, scope=scope, first=first_month, last=last_month)


def distinct_defaulters(cursor: Cursor, court: str, scope: str, first_month: Month, last_month: Month) -> pd.DataFrame:
    """One row: persons listed as defaulters in the months, each counted once within court and scope."""
    return SQL.frame(cursor, "distinct_defaulters", court=court, scope=scope, first=first_month, last=last_month)
