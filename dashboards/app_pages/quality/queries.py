"""What was delivered, what was refused and why, what the gate found, and what does not reconcile.
These tables describe the data; figures about courts' work do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def sums(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row of counts for a month: files by status, rows, accepted, rejected, held."""
    return cursor.execute(
        SQL["sums"],
        {"month": f"{month}-01"},
    ).df()


def months_with_refusals(cursor: Cursor) -> pd.DataFrame:
    """One row per month that has a refused file or a refused row, newest first."""
    return cursor.execute(SQL["months_with_refusals"]).df()


def deliveries(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row per file of the month, refused files first."""
    return cursor.execute(
        SQL["deliveries"],
        {"month": f"{month}-01"},
    ).df()


def rejected_rows(cursor: Cursor, month: str, court: str, size: int, page: int) -> pd.DataFrame:
    """One page of rejected or held rows, of one court or of all (court '')."""
    return cursor.execute(
        SQL["rejected_rows"],
        {"month": f"{month}-01", "court": court, "size": size, "start": size * (page - 1)},
    ).df()


def gate_results(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row per rule and kind, failed rules first."""
    return cursor.execute(
        SQL["gate_results"],
        {"month": f"{month}-01"},
    ).df()


def gate_failing_rows(cursor: Cursor, month: str, court: str, size: int, page: int) -> pd.DataFrame:
    """One page of rows that failed a rule."""
    return cursor.execute(
        SQL["gate_failing_rows"],
        {"month": f"{month}-01", "court": court, "size": size, "start": size * (page - 1)},
    ).df()


def redeliveries(cursor: Cursor, court: str, size: int, page: int) -> pd.DataFrame:
    """What redelivered months changed, newest month first."""
    return cursor.execute(
        SQL["redeliveries"],
        {"court": court, "size": size, "start": size * (page - 1)},
    ).df()


def flow_exceptions(cursor: Cursor, month: str, court: str, size: int, page: int) -> pd.DataFrame:
    """Cases that break the identities of case flow, up to the chosen month, newest first."""
    return cursor.execute(
        SQL["flow_exceptions"],
        {"month": f"{month}-01", "court": court, "size": size, "start": size * (page - 1)},
    ).df()


def reported_figures(cursor: Cursor, month: str, court: str) -> pd.DataFrame:
    """Reported returns of the month against recomputed figures, those that differ first."""
    return cursor.execute(
        SQL["reported_figures"],
        {"month": f"{month}-01", "court": court},
    ).df()


def delivery_grid(cursor: Cursor, court_month: str) -> pd.DataFrame:
    """Court × kind with status and rows of the month."""
    return cursor.execute(
        SQL["delivery_grid"],
        {"month": f"{court_month}-01"},
    ).df()
