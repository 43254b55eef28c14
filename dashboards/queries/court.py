"""One court: its indicators beside those of its peers, and its peers themselves.
Case flow comes from windows; the cases behind a number come from evidence."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def indicators(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """One row per indicator, alternative readings left out: value, n, change, rank, peer median, quartiles, status."""
    return cursor.execute(
        """
        select t.indicator_code, i.name_zh, i.name_en, i.short_name_zh, i.short_name_en, i.direction, i.unit,
               i.target_value, i.numerator_measure, i.denominator_measure,
               coalesce(i.numerator_scope, i.case_scope) as numerator_scope,
               coalesce(i.denominator_scope, i.case_scope) as denominator_scope,
               t.numerator, t.denominator, t.case_count, t.value, t.status, t.value_change,
               t.same_month_last_year_value, t.peer_median, t.peer_q25, t.peer_q75, t.province_value,
               r.rank, r.ranked_count, r.rank_change,
               t.definition_version
        from rankings.rpt_indicator_trends as t
        inner join core.dim_indicators as i
            on i.indicator_code = t.indicator_code and i.definition_version = t.definition_version
        left join rankings.rpt_court_rankings as r
            on r.peer_group = t.peer_group and r.court_code = t.court_code and r.window_code = t.window_code
           and r.period_month = t.period_month and r.indicator_code = t.indicator_code
        where t.court_code = $court and t.scope_code = $scope and t.window_code = $window
          and t.period_month = cast($month as date) and i.variant_of is null
        order by i.sort_order, t.indicator_code
        """,
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def history(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twenty-four months, for sparklines."""
    return cursor.execute(
        """
        select indicator_code, period_month, value
        from performance.fct_court_indicators
        where court_code = $court and scope_code = $scope and window_code = $window
          and period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
        order by indicator_code, period_month
        """,
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def composite(cursor: Cursor, court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """At most one row: the court's composite rank in its peer group."""
    return cursor.execute(
        """
        select peer_group, rank, ranked_count, rank_change, score, status
        from rankings.rpt_court_rankings
        where court_code = $court and scope_code = $scope and window_code = $window
          and period_month = cast($month as date) and indicator_code = 'COMPOSITE'
        """,
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def peers(cursor: Cursor, court: str, scope: str, month: str, window: str, indicator: str) -> pd.DataFrame:
    """The court's peer group by one indicator, in rank order."""
    return cursor.execute(
        """
        select r.court_code, c.short_name_zh, c.short_name_en, r.value, r.case_count, r.rank, r.ranked_count,
               r.rank_low, r.rank_high, r.status, r.direction, r.unit
        from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        where r.window_code = $window and r.period_month = cast($month as date) and r.indicator_code = $indicator
          and r.peer_group in (
              select peer_group from rankings.rpt_court_rankings
              where court_code = $court and scope_code = $scope and window_code = $window
                and period_month = cast($month as date))
        order by r.rank nulls last, c.sort_order
        """,
        {"court": court, "scope": scope, "window": window, "month": f"{month}-01", "indicator": indicator},
    ).df()
