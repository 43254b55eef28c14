"""The ledger of rectification: what came on it, what was written off and when, what is open and how old.
Items are counted at the end of the chosen month; `courts` are the members whose items a scope adds up."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
Courts = tuple[str, ...]


def ledger(cursor: Cursor, court: str, scope: str, window: str, month: str) -> pd.DataFrame:
    """One row per problem class and source of discovery with its counts; rates are divided after adding up."""
    return cursor.execute(
        SQL["ledger"],
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def by_court(cursor: Cursor, courts: Courts, window: str, month: str) -> pd.DataFrame:
    """Own items of every member that has any, in the official order."""
    return cursor.execute(
        SQL["by_court"],
        {"courts": list(courts), "window": window, "month": f"{month}-01"},
    ).df()


def ageing(cursor: Cursor, courts: Courts, month: str) -> pd.DataFrame:
    """One row per age band with open items at the month's end: open, of them overdue, age of the oldest."""
    return cursor.execute(
        SQL["ageing"],
        {"courts": list(courts), "month": f"{month}-01"},
    ).df()


def items(cursor: Cursor, courts: Courts, first: str, last: str, status: str, size: int, page: int) -> pd.DataFrame:
    """One page of the items on the ledger in the window, in one state at its end or in any (''); overdue first."""
    return cursor.execute(
        SQL["items"],
        {
            "courts": list(courts),
            "first": f"{first}-01",
            "last": f"{last}-01",
            "status": status,
            "size": size,
            "start": size * (page - 1),
        },
    ).df()


def candidates(
    cursor: Cursor, courts: Courts, window: str, month: str, is_ranked: bool, size: int, page: int
) -> pd.DataFrame:
    """One page of bottom streaks (in rank mode) and flags that no open item of that court and indicator answers.

    `total_count` are those, `raised_count` all that were raised, answered ones included.
    """
    return cursor.execute(
        SQL["candidates"],
        {
            "courts": list(courts),
            "window": window,
            "month": f"{month}-01",
            "is_ranked": is_ranked,
            "size": size,
            "start": size * (page - 1),
        },
    ).df()
