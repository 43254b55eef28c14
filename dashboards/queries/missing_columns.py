"""The columns that courts left out of their files, in which months, and which indicators and checks cannot do without.
How they are said belongs to the component of the same name."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month, with_months
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
EVERY = ""


def spans(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month, indicator: str = EVERY) -> pd.DataFrame:
    """court × column × reason within the months: first and last of them, how many, rows, and what needs the column.

    Of one indicator those that it needs. None in a snapshot from before it was published what needs a column.
    """
    if not SQL.tells(cursor, "knows"):
        return pd.DataFrame({"court_code": []})
    found = SQL.frame(cursor, "spans", courts=courts, first=first, last=last, indicator=indicator)
    return with_months(found, "first_month", "last_month")
