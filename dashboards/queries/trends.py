"""Values over time for chosen courts and indicators, with their peers' median and middle half.
Which months to mark comes from the events and the definitions in the snapshot."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def series(
    cursor: Cursor, courts: tuple[str, ...], indicators: tuple[str, ...], scope: str, window: str
) -> pd.DataFrame:
    """Court × indicator × month with peers and province; a court is taken in `scope`, or in its own if it lacks it."""
    return cursor.execute(
        """
        with chosen as (
            select t.*, row_number() over (
                partition by t.court_code, t.indicator_code, t.period_month
                order by case t.scope_code when $scope then 0 when 'own' then 1 else 2 end) as preference
            from rankings.rpt_indicator_trends as t
            where t.window_code = $window and list_contains($courts, t.court_code)
              and list_contains($indicators, t.indicator_code)
        )
        select x.court_code, x.scope_code, x.period_month, x.indicator_code, x.numerator, x.denominator, x.case_count,
               x.value, x.status, x.definition_version, x.value_change, x.same_month_last_year_value, x.peer_median,
               x.peer_q25, x.peer_q75, x.province_value, f.months_in_window, f.months_expected, c.short_name_zh,
               c.short_name_en
        from chosen as x
        inner join core.dim_courts as c on c.court_code = x.court_code
        left join performance.fct_court_indicators as f
            on f.court_code = x.court_code and f.scope_code = x.scope_code and f.window_code = x.window_code
           and f.period_month = x.period_month and f.indicator_code = x.indicator_code
        where x.preference = 1
        order by x.indicator_code, c.sort_order, x.period_month
        """,
        {"courts": list(courts), "indicators": list(indicators), "scope": scope, "window": window},
    ).df()


def events(cursor: Cursor, indicators: tuple[str, ...]) -> pd.DataFrame:
    """Marked dates: events for all or one of the indicators, and starts of a definition's later versions."""
    return cursor.execute(
        """
        select event_date, indicator_code, kind, title_zh, title_en
        from core.dim_events
        where indicator_code is null or list_contains($indicators, indicator_code)
        union all
        select i.valid_from, i.indicator_code, 'definition',
               i.short_name_zh || ' 口径第' || i.definition_version || '版',
               i.short_name_en || ', definition version ' || i.definition_version
        from core.dim_indicators as i
        where list_contains($indicators, i.indicator_code)
          and exists (
              select 1 from core.dim_indicators as earlier
              where earlier.indicator_code = i.indicator_code and earlier.valid_from < i.valid_from)
        order by 1
        """,
        {"indicators": list(indicators)},
    ).df()
