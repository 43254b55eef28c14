"""What the witness holds the bulletin's judgements against: interval ends, control limits, bands, flags, restatements.
Each is read apart from the bulletin's own queries and as far down as it is published; sums are in recount."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def intervals(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code: value, value_low, value_high, change_low, change_high, correlation."""
    return cursor.execute(
        """
        select i.court_code, i.scope_code, i.indicator_code, i.value, i.value_low, i.value_high, i.change_low,
               i.change_high, i.shared_correlation
        from performance.fct_court_intervals as i
        inner join core.dim_indicators as d
            on d.indicator_code = i.indicator_code and cast(d.definition_version as varchar) = i.definition_version
        where i.window_code = $window and i.period_month = cast($month as date)
          and d.valid_from <= cast($month as date)
          and (d.superseded_from is null or d.superseded_from > cast($month as date))
        """,
        {"window": window, "month": f"{month}-01"},
    ).df()


def limits(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """peer_group × indicator_code × court_code: alarm_low and alarm_high, the 99.8 % control limits."""
    return cursor.execute(
        """
        select peer_group, indicator_code, court_code, alarm_low, alarm_high
        from rankings.rpt_funnel_limits
        where window_code = $window and period_month = cast($month as date)
        """,
        {"window": window, "month": f"{month}-01"},
    ).df()


def rank_intervals(cursor: Cursor, province: str, window: str) -> pd.DataFrame:
    """peer_group × month × court of the composite: rank, rank_low, rank_high, of all months."""
    return cursor.execute(
        """
        select peer_group, strftime(period_month, '%Y-%m') as month, court_code, rank, rank_low, rank_high
        from performance.fct_rank_intervals
        where province_code = $province and window_code = $window and indicator_code = 'COMPOSITE'
        """,
        {"province": province, "window": window},
    ).df()


def checks(cursor: Cursor, month: str) -> pd.DataFrame:
    """Every gaming check of the month, flagged or not: peer group, hits, n, scores, and the check's own thresholds."""
    return cursor.execute(
        """
        select g.check_code, g.court_code, c.province_code, c.peer_group, g.hit_count, g.n, g.peer_score, g.own_score,
               g.peer_share, g.own_base, g.own_base_n, d.watch_score, d.alert_score, d.min_trials, d.min_hits,
               d.min_lift, d.name_zh, d.name_en,
               d.innocent_zh, d.innocent_en
        from rankings.rpt_gaming_checks as g
        inner join core.dim_gaming_checks as d on d.check_code = g.check_code
        inner join core.dim_courts as c on c.court_code = g.court_code
        where g.period_month = cast($month as date)
        """,
        {"month": f"{month}-01"},
    ).df()


def labels(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code: value_label of the ledger's table, the composite left out."""
    return cursor.execute(
        """
        select court_code, scope_code, indicator_code, value_label
        from performance.fct_published_values
        where province_code = $province and window_code = $window and period_month = cast($month as date)
          and is_in_force and indicator_code <> 'COMPOSITE'
        """,
        {"province": province, "window": window, "month": f"{month}-01"},
    ).df()


def is_closed(cursor: Cursor, province: str, month: str) -> bool:
    """Whether the month is closed: its figures are official and later changes are restatements."""
    row = cursor.execute(
        """
        select coalesce(bool_or(is_closed), false) from performance.fct_month_closings
        where province_code = $province and period_month = cast($month as date)
        """,
        {"province": province, "month": f"{month}-01"},
    ).fetchone()
    return bool(row and row[0])
