"""The catalogue as published: indicators with all their versions, measures, windows and scopes.
Values of indicators do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def indicators(cursor: Cursor) -> pd.DataFrame:
    """Every version of every indicator."""
    return SQL.frame(cursor, "indicators")


def measures(cursor: Cursor) -> pd.DataFrame:
    """Every measure with its unit, window rule and where its records are."""
    return SQL.frame(cursor, "measures")


def windows(cursor: Cursor) -> pd.DataFrame:
    """Windows in their order."""
    return SQL.frame(cursor, "windows")


def case_scopes(cursor: Cursor) -> pd.DataFrame:
    """Case scopes with the case types they take in, as one text; empty for what is not counted by case."""
    return SQL.frame(cursor, "case_scopes")


def weights(cursor: Cursor) -> pd.DataFrame:
    """Every weight in the composite ever in force, with what it rests on."""
    return SQL.frame(cursor, "weights")


def open_weights(cursor: Cursor, month: Month) -> pd.DataFrame:
    """open_count: weights of the composite in that month that the users have not decided on."""
    return SQL.frame(cursor, "open_weights", month=month)


def weights_in_force(cursor: Cursor, month: Month) -> pd.DataFrame:
    """indicator_code, weight: the composite's weights in that month."""
    return SQL.frame(cursor, "weights_in_force", month=month)


def sets(cursor: Cursor) -> pd.DataFrame:
    """set × item: every indicator set with its items, thresholds and vetoes, in the order of its source."""
    return SQL.frame(cursor, "sets")


def set_shares(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """Of each set courts in service, judged, passed and failed, passed_ratio, required_court_ratio (0–1) and is_met.

    is_met is null where the courts that cannot be judged decide it. No row in a snapshot from before it was published.
    """
    if not SQL.tells(cursor, "knows_set_shares"):
        return pd.DataFrame({"set_code": []})
    return SQL.frame(cursor, "set_shares", province=province, month=month, window=window)


def limits(cursor: Cursor) -> pd.DataFrame:
    """Every time limit of the law and of local norms, with its basis."""
    return SQL.frame(cursor, "limits")


def readings(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """Every indicator, version and alternative reading as computed for the province in that month and window."""
    return SQL.frame(cursor, "readings", province=province, month=month, window=window)


def twins(cursor: Cursor) -> pd.DataFrame:
    """indicator_code, twin_code: indicators in force whose numerators are the same and whose bases differ."""
    return SQL.frame(cursor, "twins")
