"""The catalogue as published: indicators with all their versions, measures, windows and scopes.
Values of indicators do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def indicators(cursor: Cursor) -> pd.DataFrame:
    """Every version of every indicator."""
    return cursor.execute(SQL["indicators"]).df()


def measures(cursor: Cursor) -> pd.DataFrame:
    """Every measure with its unit, window rule and where its records are."""
    return cursor.execute(SQL["measures"]).df()


def windows(cursor: Cursor) -> pd.DataFrame:
    """Windows in their order."""
    return cursor.execute(SQL["windows"]).df()


def case_scopes(cursor: Cursor) -> pd.DataFrame:
    """Case scopes with the case types they take in, as one text; empty for what is not counted by case."""
    return cursor.execute(SQL["case_scopes"]).df()


def weights(cursor: Cursor) -> pd.DataFrame:
    """Every weight in the composite ever in force, with what it rests on."""
    return cursor.execute(SQL["weights"]).df()


def weights_in_force(cursor: Cursor, month: str) -> pd.DataFrame:
    """indicator_code, weight: the composite's weights in that month."""
    return cursor.execute(
        SQL["weights_in_force"],
        {"month": f"{month}-01"},
    ).df()


def sets(cursor: Cursor) -> pd.DataFrame:
    """set × item: every indicator set with its items, thresholds and vetoes, in the order of its source."""
    return cursor.execute(SQL["sets"]).df()


def limits(cursor: Cursor) -> pd.DataFrame:
    """Every time limit of the law and of local norms, with its basis."""
    return cursor.execute(SQL["limits"]).df()


def readings(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """Every indicator, version and alternative reading as computed for the province in that month and window."""
    return cursor.execute(
        SQL["readings"],
        {"province": province, "month": f"{month}-01", "window": window},
    ).df()


def twins(cursor: Cursor) -> pd.DataFrame:
    """indicator_code, twin_code: indicators in force whose numerators are the same and whose bases differ."""
    return cursor.execute(SQL["twins"]).df()
