"""What the overview shows: the province's indicators, who moved, who needs attention, what is missing.
Everything is read from rankings; no indicator is computed here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries.places import leading

Cursor = duckdb.DuckDBPyConnection


def province_indicators(cursor: Cursor, court: str, month: str, window: str) -> pd.DataFrame:
    """One row per leading indicator of the province with value, change and target; `court` is its high court."""
    return cursor.execute(
        """
        select f.indicator_code, i.name_zh, i.name_en, i.short_name_zh, i.short_name_en, i.direction, i.unit,
               i.target_value, f.numerator, f.denominator, f.case_count, f.value, f.status, f.value_change,
               f.same_month_last_year_value, f.definition_version, f.months_in_window, f.months_expected
        from performance.fct_court_indicators as f
        inner join core.dim_indicators as i
            on i.indicator_code = f.indicator_code and i.definition_version = f.definition_version
        where f.scope_code = 'province' and f.court_code = $court and f.window_code = $window
          and f.period_month = cast($month as date) and list_contains($leading, f.indicator_code)
        order by i.sort_order, f.indicator_code
        """,
        {"court": court, "window": window, "month": f"{month}-01", "leading": leading(cursor, month)},
    ).df()


def province_history(cursor: Cursor, court: str, month: str, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twenty-four months up to the chosen one, for sparklines."""
    return cursor.execute(
        """
        select indicator_code, period_month, value
        from performance.fct_court_indicators
        where scope_code = 'province' and court_code = $court and window_code = $window
          and period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
        order by indicator_code, period_month
        """,
        {"court": court, "window": window, "month": f"{month}-01"},
    ).df()


def standings(cursor: Cursor, peer_group: str, province: str, month: str, window: str) -> pd.DataFrame:
    """Court × leading indicator (COMPOSITE included) of one peer group: grid, movers and attention come from it."""
    return cursor.execute(
        """
        select r.indicator_code, r.court_code, c.short_name_zh, c.short_name_en, c.prefecture_code,
               c.prefecture_name_zh, c.prefecture_name_en, c.sort_order, r.value, r.case_count, r.rank,
               r.ranked_count, r.previous_rank, r.rank_change, r.score, r.status, r.direction, r.unit,
               i.target_value, i.short_name_zh as indicator_zh, i.short_name_en as indicator_en,
               i.sort_order as indicator_order, f.value_change
        from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        left join performance.fct_court_indicators as f
            on f.court_code = r.court_code and f.scope_code = r.scope_code and f.window_code = r.window_code
           and f.period_month = r.period_month and f.indicator_code = r.indicator_code
        left join core.dim_indicators as i
            on i.indicator_code = r.indicator_code and i.definition_version = f.definition_version
        where r.peer_group = $peer and c.province_code = $province and r.window_code = $window
          and r.period_month = cast($month as date)
          and (r.indicator_code = 'COMPOSITE' or list_contains($leading, r.indicator_code))
        order by c.sort_order, r.court_code, i.sort_order
        """,
        {
            "peer": peer_group,
            "province": province,
            "window": window,
            "month": f"{month}-01",
            "leading": leading(cursor, month),
        },
    ).df()


def coverage(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """kind, status, court names: which courts delivered what for the month."""
    return cursor.execute(
        """
        select q.kind, q.court_code, c.short_name_zh, c.short_name_en, q.status, q.is_delivered
        from rankings.rpt_delivery_quality as q
        inner join core.dim_courts as c on c.court_code = q.court_code
        where q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
        order by q.kind, c.sort_order
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()
