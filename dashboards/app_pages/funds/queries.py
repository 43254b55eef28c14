"""Enforcement funds: what came in, what was paid out, what is held at a month's end and how late it is.
Sums come from the snapshot's tables by court and month; only the list of receipts reads records, page by page."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def held(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """court_code, period_month, age_band, held_count, held_amount, largest_amount at the ends of the months."""
    return SQL.frame(cursor, "held", courts=courts, first=first, last=last)


def movements(cursor: Cursor, courts: tuple[str, ...], first: Month, last: Month) -> pd.DataFrame:
    """court_code, period_month and what was received and paid out, in yuan and receipts."""
    return SQL.frame(cursor, "movements", courts=courts, first=first, last=last)


def overdue(cursor: Cursor, courts: tuple[str, ...], month: Month, size: int, page: int) -> pd.DataFrame:
    """One page of the receipts overdue at the month's end, the largest first; total_count counts them all."""
    return SQL.frame(cursor, "overdue", courts=courts, month=month, size=size, page=page)
