"""One case, as the reader's own file holds it: what it is, what happened in it, which checks it met.
Which numbers it counts in is asked in dashboards.queries.case_counting."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def cases(cursor: Cursor, case_number: str, size: int, page: int) -> pd.DataFrame:
    """One page of the cases with a number in normal form: case_id, court_code, case_type, dates, amounts (yuan)."""
    return SQL.frame(cursor, "cases", case_number=case_number, size=size, page=page)


def life(cursor: Cursor, case_id: str, size: int, page: int) -> pd.DataFrame:
    """One page: court_code, event_date, event_code, note of what happened in a case, in order of time."""
    return SQL.frame(cursor, "life", case_id=case_id, size=size, page=page)


def checks(cursor: Cursor, case_id: str, size: int, page: int) -> pd.DataFrame:
    """One page: court_code, code, names, event_month, result and detail of the checks that a case met.

    Hits of checks for gaming (watch, alert), and what was checked of its suspension (pass, fail, not_checkable).
    """
    return SQL.frame(cursor, "checks", case_id=case_id, size=size, page=page)


def names(cursor: Cursor) -> pd.DataFrame:
    """code, name_zh, name_en of checks for gaming and of process nodes, by which notes of a life are worded."""
    return SQL.frame(cursor, "names")
