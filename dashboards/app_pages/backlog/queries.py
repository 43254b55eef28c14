"""The history that a projection goes by: cases by age and outcome, filings, and the stock of suspended cases.
All of them are the province's figures, for every reader."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def is_known(cursor: Cursor) -> pd.DataFrame:
    """known: whether the snapshot has the ages of cases; one from before has not."""
    return pd.DataFrame({"known": [SQL.tells(cursor, "knows_ages")]})


def ages(cursor: Cursor, province: str, month: Month, most: int) -> pd.DataFrame:
    """court_code, period_month, outcome_code, age (months, `most` and above as one), case_count, up to the month."""
    return SQL.frame(cursor, "ages", province=province, month=month, most=most)


def flows(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """court_code, period_month, part (first, resumed, inactive), amount: filings and suspended cases at month's end."""
    return SQL.frame(cursor, "flows", province=province, month=month)
