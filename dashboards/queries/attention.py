"""The facts that make a court need attention: unmet thresholds, streaks, checks with a flag, restated values.
Which of them count, and in which words, is decided by findings and the texts."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries.province_facts import CORE_SET

Cursor = duckdb.DuckDBPyConnection


def unmet(cursor: Cursor, peer_group: str, province: str, month: str, window: str) -> pd.DataFrame:
    """Court × core indicator outside its target: value, target, n; in the indicator's own window if it has one."""
    return cursor.execute(
        """
        select r.court_code, r.indicator_code, r.window_code, r.value, r.case_count, r.unit, r.direction, r.status,
               i.target_value
        from core.dim_indicator_sets as s
        inner join rankings.rpt_court_rankings as r
            on r.indicator_code = s.indicator_code and r.window_code = coalesce(s.target_window, $window)
        inner join core.dim_courts as c on c.court_code = r.court_code
        left join core.dim_indicators as i
            on i.indicator_code = r.indicator_code and i.definition_version = r.definition_version
        where s.set_code = $core and s.valid_from <= cast($month as date)
          and (s.valid_to is null or s.valid_to >= cast($month as date))
          and r.peer_group = $peer and c.province_code = $province and r.period_month = cast($month as date)
          and r.status in ('above', 'below')
        order by c.sort_order, s.item_number
        """,
        {"core": CORE_SET, "peer": peer_group, "province": province, "month": f"{month}-01", "window": window},
    ).df()


def streaks(cursor: Cursor, peer_group: str, month: str, window: str) -> pd.DataFrame:
    """court_code, month_count: courts in the last tie band of the composite for three months or more."""
    return cursor.execute(
        """
        select court_code, month_count
        from rankings.rpt_ranking_streaks
        where peer_group = $peer and window_code = $window and period_month = cast($month as date)
          and indicator_code = 'COMPOSITE' and streak_code = 'bottom'
        order by court_code
        """,
        {"peer": peer_group, "window": window, "month": f"{month}-01"},
    ).df()


def flags(cursor: Cursor, province: str, month: str) -> pd.DataFrame:
    """Checks with a flag in the month: court, name of the check, value, n, peers' median, watch or alert."""
    return cursor.execute(
        """
        select g.court_code, g.check_code, d.name_zh, d.name_en, d.innocent_zh, d.innocent_en, g.value, g.n,
               g.peer_median, g.flag, g.indicator_code
        from rankings.rpt_gaming_checks as g
        inner join core.dim_gaming_checks as d on d.check_code = g.check_code
        inner join core.dim_courts as c on c.court_code = g.court_code
        where g.period_month = cast($month as date) and g.flag <> 'none' and c.province_code = $province
        order by g.flag, c.sort_order, d.sort_order
        """,
        {"province": province, "month": f"{month}-01"},
    ).df()


def restated(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """court_code, indicator_count: courts whose official values of the month have changed since it was closed."""
    return cursor.execute(
        """
        select court_code, count(distinct indicator_code) as indicator_count
        from rankings.rpt_restatements
        where period_month = cast($month as date) and window_code = $window and scope_code = 'own'
          and is_value_restated
        group by court_code
        order by court_code
        """,
        {"month": f"{month}-01", "window": window},
    ).df()


def jurisdictions(cursor: Cursor, province: str, month: str, window: str, indicator: str) -> pd.DataFrame:
    """prefecture_code, value, case_count, status, unit of one indicator: each intermediate court's jurisdiction."""
    return cursor.execute(
        """
        select c.prefecture_code, f.value, f.case_count, f.status, i.unit
        from performance.fct_court_indicators as f
        inner join core.dim_courts as c on c.court_code = f.court_code
        inner join core.dim_indicators as i
            on i.indicator_code = f.indicator_code and i.definition_version = f.definition_version
        where f.scope_code = 'jurisdiction' and c.level = 'intermediate' and f.is_in_force
          and f.indicator_code = $indicator and f.window_code = $window and f.period_month = cast($month as date)
          and c.province_code = $province
        order by c.sort_order
        """,
        {"province": province, "indicator": indicator, "window": window, "month": f"{month}-01"},
    ).df()
