"""Defaulters: listings, delistings, terms, restrictions, and persons against listings.
Sums by court and month come from the snapshot; nobody's name or key is among them."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def listings(cursor: Cursor, by: str, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """One row per `part`: listed, corrected, delisted and due in the months; standing at the end of the last one.

    `by`: ground, party_kind, or anything else for courts. overdue_count adds the bands of overdue delistings.
    """
    return SQL.frame(cursor, "listings", by=by, courts=courts, first=first, last=last)


def months(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """period_month, listed and delisted: listings of the courts month by month."""
    return SQL.frame(cursor, "months", courts=courts, first=first, last=last)


def restrictions(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """court_code; restrictions issued and lifted in the months, in force at the end of the last one."""
    return SQL.frame(cursor, "restrictions", courts=courts, first=first, last=last)


def persons(cursor: Cursor, court: str, scope: str, month: Month, window: str) -> pd.DataFrame:
    """At most one row: persons listed in the window, each counted once within court and scope."""
    return SQL.frame(cursor, "persons", court=court, scope=scope, window=window, month=month)
