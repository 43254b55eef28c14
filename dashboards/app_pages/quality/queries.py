"""What was delivered, what was refused and why, what the gate found, and what does not reconcile.
These tables describe the data; figures about courts' work do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def sums(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """One row of counts for a month: files by status, rows, accepted, rejected, held."""
    return SQL.frame(cursor, "sums", province=province, month=month)


def months_with_refusals(cursor: Cursor, province: str) -> pd.DataFrame:
    """One row per month that has a refused file or a refused row, newest first."""
    return SQL.frame(cursor, "months_with_refusals", province=province)


def deliveries(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """One row per file of the month, refused files first."""
    return SQL.frame(cursor, "deliveries", province=province, month=month)


def rejected_rows(cursor: Cursor, province: str, month: Month, court: str, size: int, page: int) -> pd.DataFrame:
    """One page of rejected or held rows, of one court or of all (court '')."""
    return SQL.frame(cursor, "rejected_rows", province=province, month=month, court=court, size=size, page=page)


def gate_results(cursor: Cursor, month: Month) -> pd.DataFrame:
    """One row per rule and kind, failed rules first."""
    return SQL.frame(cursor, "gate_results", month=month)


def gate_failing_rows(cursor: Cursor, province: str, month: Month, court: str, size: int, page: int) -> pd.DataFrame:
    """One page of rows that failed a rule."""
    return SQL.frame(cursor, "gate_failing_rows", province=province, month=month, court=court, size=size, page=page)


def redeliveries(cursor: Cursor, province: str, court: str, size: int, page: int) -> pd.DataFrame:
    """What redelivered months changed, newest month first."""
    return SQL.frame(cursor, "redeliveries", province=province, court=court, size=size, page=page)


def flow_exceptions(cursor: Cursor, province: str, month: Month, court: str, size: int, page: int) -> pd.DataFrame:
    """Cases that break the identities of case flow, up to the chosen month, newest first."""
    return SQL.frame(cursor, "flow_exceptions", province=province, month=month, court=court, size=size, page=page)


def reported_figures(cursor: Cursor, province: str, month: Month, court: str) -> pd.DataFrame:
    """Reported returns of the month against recomputed figures, those that differ first."""
    return SQL.frame(cursor, "reported_figures", province=province, month=month, court=court)


def delivery_grid(cursor: Cursor, province: str, court_month: Month) -> pd.DataFrame:
    """Court × kind with status and rows of the month."""
    return SQL.frame(cursor, "delivery_grid", province=province, month=court_month)
