"""Cases by the age at which they were closed, last seen and first seen within some months, and resumptions by cohort.
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


def lives(cursor: Cursor, province: str, first: Month, last: Month) -> pd.DataFrame:
    """court_code, part (an outcome, censored, entered), age (days), case_count.

    Closings of the months; who was pending at the end of the last; who was pending when the first began.
    """
    return SQL.frame(cursor, "lives", province=province, first=first, last=last)


def resumed(cursor: Cursor, court: str, scope: str, month: Month) -> pd.DataFrame:
    """cohort_month, months_since, suspended_count, resumed_count (so far) of suspensions up to the month."""
    return SQL.frame(cursor, "resumed", court=court, scope=scope, month=month)
