"""Linkage: requests to assisting units, matters entrusted by other courts, auctions, meetings and other activities.
Sums by court and month come from the snapshot; shares are divided here, after the sums, with their intervals."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def responses(cursor: Cursor, by: str, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """One row per `part`: requests sent and due in the months, unanswered at the end of the last one.

    `by`: unit_type, channel, matter, court_code, or anything else for kind of unit and matter as `unit|matter`.
    on_time_ratio has the 95 % interval of Wilson as on_time_low and on_time_high; overdue_count adds the bands.
    """
    return SQL.frame(cursor, "responses", by=by, courts=courts, first=first, last=last)


def unanswered(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """period_month and the bands of unanswered requests at its end, undated ones left out."""
    return SQL.frame(cursor, "unanswered", courts=courts, first=first, last=last)


def entrustments(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """court_code; matters accepted, due, on time and completed in the months, open at the end of the last in bands."""
    return SQL.frame(cursor, "entrustments", courts=courts, first=first, last=last)


def rounds(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """round, held, sold, unsold, withdrawn, stayed, without a result, starting and deal prices: held in the months."""
    return SQL.frame(cursor, "rounds", courts=courts, first=first, last=last)


def activities(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """court_code, activity, times, persons and yuan in the months."""
    return SQL.frame(cursor, "activities", courts=courts, first=first, last=last)
