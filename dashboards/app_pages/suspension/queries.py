"""Suspended cases under both lenses, by check, against the source system, by duty of re-checking, and by cohort.
`courts` are the members whose records a scope adds up; months are YYYY-MM, windows begin and end with them."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
Courts = tuple[str, ...]


def flows(cursor: Cursor, court: str, scope: str, case_scope: str, window: str, month: Month) -> pd.DataFrame:
    """stage_code, lens, flow_effect, case_count in their order: one row per stage of the window."""
    return SQL.frame(cursor, "flows", court=court, scope=scope, case_scope=case_scope, window=window, month=month)


def compliance(cursor: Cursor, courts: Courts, first: Month, last: Month) -> pd.DataFrame:
    """One row per check in its order: names, condition, coverage, passed, failed and not-checkable counts."""
    return SQL.frame(cursor, "compliance", courts=courts, first=first, last=last)


def check_names(cursor: Cursor) -> pd.DataFrame:
    """check_id, name_zh, name_en in their order."""
    return SQL.frame(cursor, "check_names")


def verdicts(cursor: Cursor, courts: Courts, first: Month, last: Month) -> pd.DataFrame:
    """One row: suspensions of the window, by verdict, by the source's own verdict, and by how the two compare."""
    return SQL.frame(cursor, "verdicts", courts=courts, first=first, last=last)


def failing(
    cursor: Cursor, courts: Courts, first: Month, last: Month, check: str, size: int, page: int
) -> pd.DataFrame:
    """One page of the cases that fail the check ('' for any), newest suspensions first."""
    return SQL.frame(cursor, "failing", courts=courts, first=first, last=last, check=check, size=size, page=page)


def differences(cursor: Cursor, courts: Courts, first: Month, last: Month, size: int, page: int) -> pd.DataFrame:
    """One page of the cases on which the checks and the source system disagree, a row per failing check."""
    return SQL.frame(cursor, "differences", courts=courts, first=first, last=last, size=size, page=page)


def recheck_months(cursor: Cursor, courts: Courts, first: Month, last: Month) -> pd.DataFrame:
    """One row per month in which duties fell due: on time, late, missed. Duties not yet due are left out."""
    return SQL.frame(cursor, "recheck_months", courts=courts, first=first, last=last)


def missed_rechecks(cursor: Cursor, courts: Courts, first: Month, last: Month, size: int, page: int) -> pd.DataFrame:
    """One page of the duties that fell due in the window and were never done, longest overdue first."""
    return SQL.frame(cursor, "missed_rechecks", courts=courts, first=first, last=last, size=size, page=page)


def cohorts(cursor: Cursor, court: str, scope: str, month: Month, most: int) -> pd.DataFrame:
    """cohort_month × months_since, as known by the month: the newest `most` cohorts of first-enforcement cases."""
    return SQL.frame(cursor, "cohorts", court=court, scope=scope, month=month, most=most)


def resumptions(cursor: Cursor, court: str, scope: str, window: str, month: Month) -> pd.DataFrame:
    """One row: resumed cases filed in the window, those linked to their first-enforcement case, days between."""
    return SQL.frame(cursor, "resumptions", court=court, scope=scope, window=window, month=month)


def unlinked(cursor: Cursor, courts: Courts, first: Month, last: Month, size: int, page: int) -> pd.DataFrame:
    """One page of resumed cases whose first-enforcement case was not found, with the reason."""
    return SQL.frame(cursor, "unlinked", courts=courts, first=first, last=last, size=size, page=page)
