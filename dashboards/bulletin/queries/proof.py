"""What the verifier holds the bulletin's judgements against: interval ends, control limits, sets, flags, restatements.
Each is read apart from the bulletin's own queries and as far down as it is published; sums are in recount."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month, with_months
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def intervals(cursor: Cursor, month: Month, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code: value, value_low, value_high, change_low, change_high, correlation."""
    return SQL.frame(cursor, "intervals", window=window, month=month)


def definitions(cursor: Cursor, month: Month) -> pd.DataFrame:
    """Every indicator's definition in force in the month, whether it is a leading one or not."""
    return SQL.frame(cursor, "definitions", month=month)


def limits(cursor: Cursor, month: Month, window: str) -> pd.DataFrame:
    """peer_group × indicator_code × court_code: value, limits at 95 % and 99.8 %, signal, the largest record's part."""
    return SQL.frame(cursor, "limits", window=window, month=month)


def sources(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """kind: courts expected, delivered and late; rows received, rejected and held."""
    return SQL.frame(cursor, "sources", province=province, month=month)


def deliveries(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """court_code × kind of what was expected: is_delivered, and the reason of a gap."""
    return SQL.frame(cursor, "deliveries", province=province, month=month)


def rank_intervals(cursor: Cursor, province: str, window: str) -> pd.DataFrame:
    """peer_group × month × court of the composite: rank, its interval and set, of all months."""
    return with_months(SQL.frame(cursor, "rank_intervals", province=province, window=window), "month")


def checks(cursor: Cursor, month: Month) -> pd.DataFrame:
    """Every gaming check of the month, flagged or not: peer group, hits, n, scores, and the check's own thresholds."""
    return SQL.frame(cursor, "checks", month=month)


def labels(cursor: Cursor, province: str, month: Month, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code: value_label of the ledger's table, the composite left out."""
    return SQL.frame(cursor, "labels", province=province, window=window, month=month)


def is_closed(cursor: Cursor, province: str, month: Month) -> bool:
    """Whether the month is closed: its figures are official and later changes are restatements."""
    row = cursor.execute(
        SQL["is_closed"],
        {"province": province, "month": month},
    ).fetchone()
    return bool(row and row[0])


def least_peers(cursor: Cursor, month: Month) -> int:
    """How many ranked courts a ranking needs; 0 where the snapshot says nothing of it."""
    row = cursor.execute(SQL["least_peers"], {"month": month}).fetchone()
    return int(row[0]) if row else 0
