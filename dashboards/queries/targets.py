"""What is judged against a target: every indicator that has one, its alternative readings, and mere references.
Whether a target is met is decided by findings; how it is said belongs to the texts."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def judged(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """One row per indicator with a target, an interval or a reference, and per alternative reading (`variant_of`).

    value, its 95 % interval, n, and what it is held against; in the indicator's own window if its target has one.
    """
    return SQL.frame(cursor, "judged", court=court, scope=scope, month=month, window=window)
