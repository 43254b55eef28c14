"""What the bulletin prints: figures, ranks, deliveries and open items of one month, read as published.
The second count that the printed figures are checked against belongs to recount."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries.dimensions import leading

Cursor = duckdb.DuckDBPyConnection


def provinces(cursor: Cursor) -> list[str]:
    """The provinces of the snapshot, the one with most courts first."""
    rows = cursor.execute(
        "select province_code from core.dim_courts group by province_code order by count(*) desc, province_code"
    ).fetchall()
    return [code for (code,) in rows]


def figures(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """court_code × scope_code × indicator_code of one month and window, as published, with its 95 % interval."""
    return cursor.execute(
        """
        select f.court_code, f.scope_code, f.indicator_code, f.definition_version, f.numerator, f.denominator,
               f.case_count, f.value, f.status, f.months_in_window, f.months_expected, i.value_low, i.value_high
        from performance.fct_court_indicators as f
        left join performance.fct_court_intervals as i
            on i.court_code = f.court_code and i.scope_code = f.scope_code and i.window_code = f.window_code
           and i.period_month = f.period_month and i.indicator_code = f.indicator_code
           and i.definition_version = f.definition_version
        where f.window_code = $window and f.period_month = cast($month as date) and coalesce(f.is_in_force, true)
        """,
        {"window": window, "month": f"{month}-01"},
    ).df()


def ranks(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """peer_group × indicator (COMPOSITE included) × court: rank, its interval and band, score, status, funnel."""
    return cursor.execute(
        """
        select r.peer_group, r.scope_code, r.indicator_code, r.court_code, r.value, r.value_low, r.value_high,
               r.numerator, r.denominator, r.case_count, r.rank, r.rank_low, r.rank_high, r.tie_band, r.ranked_count,
               r.previous_rank, r.score, r.status, f.funnel_signal, f.value > f.expected_value as is_above_peers
        from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        left join rankings.rpt_funnel_limits as f
            on f.peer_group = r.peer_group and f.window_code = r.window_code and f.period_month = r.period_month
           and f.indicator_code = r.indicator_code and f.court_code = r.court_code
        where c.province_code = $province and r.window_code = $window and r.period_month = cast($month as date)
        order by r.peer_group, r.indicator_code, r.rank nulls last, c.sort_order, r.court_code
        """,
        {"province": province, "window": window, "month": f"{month}-01"},
    ).df()


def streaks(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """peer_group, court_code, month_count: courts in the last band of the composite for three months or more."""
    return cursor.execute(
        """
        select s.peer_group, s.court_code, s.month_count
        from rankings.rpt_ranking_streaks as s
        inner join core.dim_courts as c on c.court_code = s.court_code
        where c.province_code = $province and s.window_code = $window and s.period_month = cast($month as date)
          and s.indicator_code = 'COMPOSITE' and s.streak_code = 'bottom'
        order by c.sort_order, s.court_code
        """,
        {"province": province, "window": window, "month": f"{month}-01"},
    ).df()


def restated(cursor: Cursor, province: str, month: str, window: str) -> pd.DataFrame:
    """court_code, scope_code, indicator_code, old_value, new_value, cause: changed after the month was closed."""
    return cursor.execute(
        """
        select r.court_code, r.scope_code, r.indicator_code, r.old_numerator, r.old_denominator,
               r.old_value, r.new_value, r.cause_zh, r.cause_en
        from rankings.rpt_restatements as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        where c.province_code = $province and r.window_code = $window and r.period_month = cast($month as date)
          and r.is_value_restated and list_contains($leading, r.indicator_code)
        order by c.sort_order, r.scope_code, r.indicator_code
        """,
        {"province": province, "window": window, "month": f"{month}-01", "leading": leading(cursor, month)},
    ).df()


def definitions(cursor: Cursor, month: str) -> pd.DataFrame:
    """One row per leading indicator: the version in force in the month, with the units of what it divides."""
    return cursor.execute(
        """
        with versions as (
            select *, row_number() over (
                partition by indicator_code
                order by case when valid_from <= cast($month as date) then 0 else 1 end,
                         case when valid_to is null or valid_to >= cast($month as date) then 0 else 1 end,
                         valid_from desc) as place
            from core.dim_indicators
            where list_contains($leading, indicator_code)
        )
        select v.*, n.unit as numerator_unit, d.unit as denominator_unit, n.name_zh as numerator_name_zh,
               n.name_en as numerator_name_en, d.name_zh as denominator_name_zh, d.name_en as denominator_name_en
        from versions as v
        left join core.dim_measures as n on n.measure_code = v.numerator_measure
        left join core.dim_measures as d on d.measure_code = v.denominator_measure
        where v.place = 1 order by v.sort_order, v.indicator_code
        """,
        {"month": f"{month}-01", "leading": leading(cursor, month)},
    ).df()


def history(cursor: Cursor, court: str, scope: str, month: str) -> pd.DataFrame:
    """Rolling years of the last 24 months, for a chart: indicator, its definition, month, value and its interval."""
    return cursor.execute(
        """
        select f.indicator_code, f.definition_version, f.period_month, f.value, i.value_low, i.value_high
        from performance.fct_court_indicators as f
        left join performance.fct_court_intervals as i
            on i.court_code = f.court_code and i.scope_code = f.scope_code and i.window_code = f.window_code
           and i.period_month = f.period_month and i.indicator_code = f.indicator_code
           and i.definition_version = f.definition_version
        where f.court_code = $court and f.scope_code = $scope and f.window_code = 'rolling_12m'
          and f.months_in_window = 12 and coalesce(f.is_in_force, true)
          and f.period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
        order by f.indicator_code, f.period_month
        """,
        {"court": court, "scope": scope, "month": f"{month}-01"},
    ).df()


def deliveries(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """kind × court of what was expected for the month: status, is_delivered, is_late, rows refused."""
    return cursor.execute(
        """
        select q.kind, q.court_code, q.status, q.is_delivered, q.is_late, q.row_count, q.accepted_count,
               q.rejected_count, q.held_count
        from rankings.rpt_delivery_quality as q
        inner join core.dim_courts as c on c.court_code = q.court_code
        where q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
        order by q.kind, c.sort_order
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()


def label_failures(cursor: Cursor, month: str) -> pd.DataFrame:
    """Rules of the gate that some record of the month fails: kind, rule in both languages, counts."""
    return cursor.execute(
        """
        select kind, rule_code, rule_zh, rule_en, checked_count, failed_count
        from rankings.rpt_gate_results
        where extract_month = cast($month as date) and failed_count > 0
        order by failed_count desc, kind, rule_code
        """,
        {"month": f"{month}-01"},
    ).df()
