"""Cases by their number, as the reader's own file holds them.
Courts and indicators are looked for in the names that every page knows."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def cases(cursor: Cursor, case_number: str, size: int, page: int) -> pd.DataFrame:
    """One page: case_number, court_code, cause, dates and closing mode of the cases with a number in normal form."""
    return SQL.frame(cursor, "cases", case_number=case_number, size=size, page=page)
