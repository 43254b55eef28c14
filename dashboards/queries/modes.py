"""How figures may be shown and how settled they are: presentation modes, and whether a month is closed.
Old and new values of a restated month belong to restatements."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def modes(cursor: Cursor) -> pd.DataFrame:
    """Every presentation mode once, as last in force: mode_code, name_zh, name_en, notice_zh, notice_en."""
    return SQL.frame(cursor, "modes")


def mode_in_force(cursor: Cursor, month: Month) -> pd.DataFrame:
    """mode_code in force on the month's first day; the empty frame when no row covers it."""
    return SQL.frame(cursor, "mode_in_force", month=month)


def interval_statuses(cursor: Cursor) -> pd.DataFrame:
    """interval_status, name_zh, name_en, note_zh, note_en in their order."""
    return SQL.frame(cursor, "interval_statuses")


def month_label(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """One row: label `official`, `may_be_amended` or `restated`, the least settled of the month's values in force."""
    return SQL.frame(cursor, "month_label", province=province, month=month)
