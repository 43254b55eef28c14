"""Checks that show when a figure may have been shaped: their catalogue, their results, the cases behind a flag.
A flag is a reason to look; what follows from it is decided by people, outside this system."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def catalogue(cursor: Cursor) -> pd.DataFrame:
    """Every check with its definition, those that the extracts do not carry included, in their order."""
    return SQL.frame(cursor, "catalogue")


def results(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """One row per check and court of the month: share of hits, n, own past, peers, scores, flag."""
    return SQL.frame(cursor, "results", province=province, month=month)


def history(cursor: Cursor, province: str, month: Month, months: int) -> pd.DataFrame:
    """Flags per month up to the chosen one: month, alert_count, watch_count, looked_count (court × check)."""
    return SQL.frame(cursor, "history", province=province, month=month, months=months)


def cases(cursor: Cursor, province: str, month: Month, court: str, check: str, size: int, page: int) -> pd.DataFrame:
    """One page of the records behind the month's flags, of one court and check or of all ('')."""
    return SQL.frame(cursor, "cases", province=province, month=month, court=court, check=check, size=size, page=page)
