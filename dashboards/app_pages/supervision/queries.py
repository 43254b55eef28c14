"""The ledger of rectification: what came on it, what was written off and when, what is open and how old.
Items are counted at the end of the chosen month; `courts` are the members whose items a scope adds up."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
Courts = tuple[str, ...]


def ledger(cursor: Cursor, court: str, scope: str, window: str, month: Month) -> pd.DataFrame:
    """One row per problem class and source of discovery with its counts; rates are divided after adding up."""
    return SQL.frame(cursor, "ledger", court=court, scope=scope, window=window, month=month)


def by_court(cursor: Cursor, courts: Courts, window: str, month: Month) -> pd.DataFrame:
    """Own items of every member that has any, in the official order."""
    return SQL.frame(cursor, "by_court", courts=courts, window=window, month=month)


def ageing(cursor: Cursor, courts: Courts, month: Month) -> pd.DataFrame:
    """One row per age band with open items at the month's end: open, of them overdue, age of the oldest."""
    return SQL.frame(cursor, "ageing", courts=courts, month=month)


def items(cursor: Cursor, courts: Courts, first: Month, last: Month, status: str, size: int, page: int) -> pd.DataFrame:
    """One page of the items on the ledger in the window, in one state at its end or in any (''); overdue first."""
    return SQL.frame(cursor, "items", courts=courts, first=first, last=last, status=status, size=size, page=page)


def candidates(
    cursor: Cursor, courts: Courts, window: str, month: Month, is_ranked: bool, size: int, page: int
) -> pd.DataFrame:
    """One page of bottom streaks (in rank mode) and flags that no open item of that court and indicator answers.

    `total_count` are those, `raised_count` all that were raised, answered ones included.
    """
    return SQL.frame(
        cursor, "candidates", courts=courts, window=window, month=month, is_ranked=is_ranked, size=size, page=page
    )
