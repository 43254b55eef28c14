"""What the overview shows: the province's indicators, who moved, who needs attention and why, what is missing.
Everything is read from what was published; no indicator is computed here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries.dimensions import leading

Cursor = duckdb.DuckDBPyConnection
CORE_SET = "CORE3P1"  # the four indicators that have published thresholds
HISTORY = 11  # months before the chosen one that a sparkline goes back


def core_set(cursor: Cursor, month: str) -> pd.DataFrame:
    """indicator_code, item_number, target_window (null: any) of the core indicators in force, in their order."""
    return cursor.execute(
        """
        select indicator_code, item_number, target_window
        from core.dim_indicator_sets
        where set_code = $core and valid_from <= cast($month as date)
          and (valid_to is null or valid_to >= cast($month as date))
        order by item_number
        """,
        {"core": CORE_SET, "month": f"{month}-01"},
    ).df()


def province_indicators(
    cursor: Cursor, court: str, month: str, window: str, codes: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """One row per indicator of the province with value, change, target and interval; `court` is its high court.

    No change and no value of last year where another definition was in force then: they are not to be compared.
    Without `codes`: the leading ones of the month.
    """
    return cursor.execute(
        """
        select f.indicator_code, i.name_zh, i.name_en, i.short_name_zh, i.short_name_en, i.direction, i.unit,
               i.target_value, i.interval_low, i.interval_high, f.window_code, f.numerator, f.denominator,
               f.case_count, f.value, f.status, f.definition_version,
               case when i.valid_from <= f.period_month - interval 1 month then f.value_change end as value_change,
               case when i.valid_from <= f.period_month - interval 1 year then f.same_month_last_year_value end
                   as same_month_last_year_value,
               f.months_in_window, f.months_expected, n.is_change_significant
        from performance.fct_court_indicators as f
        inner join core.dim_indicators as i
            on i.indicator_code = f.indicator_code and i.definition_version = f.definition_version
        left join performance.fct_court_intervals as n
            on n.court_code = f.court_code and n.scope_code = f.scope_code and n.window_code = f.window_code
           and n.period_month = f.period_month and n.indicator_code = f.indicator_code
           and n.definition_version = f.definition_version
        where f.scope_code = 'province' and f.court_code = $court and f.window_code = $window and f.is_in_force
          and f.period_month = cast($month as date) and list_contains($codes, f.indicator_code)
        order by i.sort_order, f.indicator_code
        """,
        {"court": court, "window": window, "month": f"{month}-01", "codes": list(codes or leading(cursor, month))},
    ).df()


def province_history(cursor: Cursor, court: str, month: str, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twelve months up to the chosen one, for sparklines."""
    return cursor.execute(
        """
        select indicator_code, period_month, value
        from performance.fct_court_indicators
        where scope_code = 'province' and court_code = $court and window_code = $window and is_in_force
          and period_month between cast(cast($month as date) - to_months($back) as date) and cast($month as date)
        order by indicator_code, period_month
        """,
        {"court": court, "window": window, "month": f"{month}-01", "back": HISTORY},
    ).df()


def judged(cursor: Cursor, month: str, window: str) -> list[str]:
    """Indicators with a published target or interval for the month and window: what interval mode can judge."""
    rows = cursor.execute(
        """
        select indicator_code
        from core.dim_indicators
        where variant_of is null and direction <> 'monitor' and valid_from <= cast($month as date)
          and (valid_to is null or valid_to >= cast($month as date))
          and coalesce(target_value, interval_low, interval_high) is not null
          and (target_window is null or target_window = $window)
        order by sort_order, indicator_code
        """,
        {"month": f"{month}-01", "window": window},
    ).fetchall()
    return [code for (code,) in rows]


def standings(cursor: Cursor, peer_group: str, province: str, month: str, window: str, is_ranked: bool) -> pd.DataFrame:
    """Court × indicator of one peer group: grid and movers come from it.

    Ranked: the leading indicators and COMPOSITE. Otherwise: the indicators that have a target or an interval.
    """
    codes = ["COMPOSITE", *leading(cursor, month)] if is_ranked else judged(cursor, month, window)
    return cursor.execute(
        """
        select r.indicator_code, r.court_code, c.short_name_zh, c.short_name_en, c.prefecture_code,
               c.prefecture_name_zh, c.prefecture_name_en, c.sort_order, r.value, r.case_count, r.rank,
               r.ranked_count, r.rank_low, r.rank_high, r.tie_band, r.previous_rank, r.rank_change, r.score, r.status,
               r.interval_status, r.direction, r.unit, i.target_value, i.interval_low, i.interval_high,
               i.short_name_zh as indicator_zh, i.short_name_en as indicator_en,
               i.sort_order as indicator_order, f.value_change
        from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        left join performance.fct_court_indicators as f
            on f.court_code = r.court_code and f.scope_code = r.scope_code and f.window_code = r.window_code
           and f.period_month = r.period_month and f.indicator_code = r.indicator_code and f.is_in_force
        left join core.dim_indicators as i
            on i.indicator_code = r.indicator_code and i.definition_version = f.definition_version
        where r.peer_group = $peer and c.province_code = $province and r.window_code = $window
          and r.period_month = cast($month as date) and list_contains($codes, r.indicator_code)
        order by c.sort_order, r.court_code, i.sort_order
        """,
        {"peer": peer_group, "province": province, "window": window, "month": f"{month}-01", "codes": codes},
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


def last_received(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row: when the last delivery that the month contains was received, UTC; null when none was."""
    return cursor.execute(
        """
        select max(last_received_at) as last_received_at
        from rankings.rpt_delivery_quality
        where extract_month = cast($month as date) and is_delivered
        """,
        {"month": f"{month}-01"},
    ).df()
