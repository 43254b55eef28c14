"""What the overview shows: the province's indicators, who moved, who needs attention and why, what is missing.
Everything is read from what was published; no indicator is computed here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries.dimensions import leading
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)
HISTORY = 11  # months before the chosen one that a sparkline goes back


def core_set(cursor: Cursor, month: Month) -> pd.DataFrame:
    """indicator_code, item_number, target_window (null: any) of the core indicators in force, in their order."""
    return SQL.frame(cursor, "core_set", month=month)


def province_indicators(
    cursor: Cursor, court: str, month: Month, window: str, codes: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """One row per indicator of the province with value, change, target and interval; `court` is its high court.

    No change and no value of last year where another definition was in force then: they are not to be compared.
    Without `codes`: the leading ones of the month.
    """
    return SQL.frame(
        cursor, "province_indicators", court=court, window=window, month=month, codes=codes or leading(cursor, month)
    )


def province_history(cursor: Cursor, court: str, month: Month, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twelve months up to the chosen one, for sparklines."""
    return SQL.frame(cursor, "province_history", court=court, window=window, month=month, back=HISTORY)


def judged(cursor: Cursor, month: Month, window: str) -> list[str]:
    """Indicators with a published target or interval for the month and window: what interval mode can judge."""
    rows = cursor.execute(
        SQL["judged"],
        {"month": month, "window": window},
    ).fetchall()
    return [code for (code,) in rows]


def standings(
    cursor: Cursor, peer_group: str, province: str, month: Month, window: str, is_ranked: bool
) -> pd.DataFrame:
    """Court × indicator of one peer group: grid and movers come from it.

    Ranked: the leading indicators and COMPOSITE. Otherwise: the indicators that have a target or an interval.
    """
    codes = ["COMPOSITE", *leading(cursor, month)] if is_ranked else judged(cursor, month, window)
    return SQL.frame(cursor, "standings", peer=peer_group, province=province, window=window, month=month, codes=codes)


def composites(cursor: Cursor, peer_group: str, province: str, month: Month, window: str) -> pd.DataFrame:
    """The courts of one peer group by COMPOSITE alone: who needs attention for it is the same in both modes."""
    codes = ["COMPOSITE"]
    return SQL.frame(cursor, "standings", peer=peer_group, province=province, window=window, month=month, codes=codes)


def coverage(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """kind, status, court names: which courts delivered what for the month."""
    return SQL.frame(cursor, "coverage", province=province, month=month)


def gaps(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """court_code, kind, gap_reason: what was sent for the month and does not count; none in a snapshot from before."""
    if not SQL.tells(cursor, "knows_gaps"):
        return pd.DataFrame({"court_code": [], "kind": [], "gap_reason": []})
    return SQL.frame(cursor, "gaps", province=province, month=month)


def last_received(cursor: Cursor, province: str, month: Month) -> pd.DataFrame:
    """One row: when the last delivery that the month contains was received, UTC; null when none was."""
    return SQL.frame(cursor, "last_received", province=province, month=month)
