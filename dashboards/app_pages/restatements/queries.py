"""Which months are closed, what changed since, both readings of a definition, and what others reported or published.
Everything is compared as it stands in the snapshot; nothing is corrected here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
Courts = tuple[str, ...]


def closings(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """One row per month up to the chosen one, newest first: closed or not and why, and how its values stand."""
    return SQL.frame(cursor, "closings", province=province, month=month)


def restated(
    cursor: Cursor, courts: Courts, court: str, scope: str, window: str, month: Month, size: int, page: int
) -> pd.DataFrame:
    """One page of values changed since closing: old → new, why, which delivery; own values and the chosen scope's."""
    return SQL.frame(
        cursor, "restated", courts=courts, court=court, scope=scope, window=window, month=month, size=size, page=page
    )


def restated_records(cursor: Cursor, courts: Courts, month: Month, size: int, page: int) -> pd.DataFrame:
    """One page of the records that came, changed or went after their month was closed, newest months first."""
    return SQL.frame(cursor, "restated_records", courts=courts, month=month, size=size, page=page)


def readings(cursor: Cursor) -> pd.DataFrame:
    """Indicators that can be read in two ways: an older version of the same code, or an alternative beside it."""
    return SQL.frame(cursor, "readings")


def definitions(cursor: Cursor, indicator: str) -> pd.DataFrame:
    """Every version of the indicator and every alternative to it: names, formula, definition, dates."""
    return SQL.frame(cursor, "definitions", indicator=indicator)


def both(cursor: Cursor, indicator: str, court: str, scope: str, window: str, month: Month) -> pd.DataFrame:
    """Values of every reading over the year up to the month, those of an older version as long as it was computed."""
    return SQL.frame(cursor, "both", indicator=indicator, court=court, scope=scope, window=window, month=month)


def returns(cursor: Cursor, courts: Courts, first: Month, last: Month) -> pd.DataFrame:
    """One row per item of the courts' returns: months within tolerance, differing, not comparable, by conclusion."""
    return SQL.frame(cursor, "returns", courts=courts, first=first, last=last)


def differing_returns(cursor: Cursor, courts: Courts, first: Month, last: Month, size: int, page: int) -> pd.DataFrame:
    """One page of returns outside tolerance, with difference and reason, newest months first."""
    return SQL.frame(cursor, "differing_returns", courts=courts, first=first, last=last, size=size, page=page)


def published(cursor: Cursor) -> pd.DataFrame:
    """Every published figure with what the snapshot gives and what its own counts give; contradictions first."""
    return SQL.frame(cursor, "published")
