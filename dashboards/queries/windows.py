"""Which months a window covers, and measures added up over them by their window rule.
Indicators come ready-made from the snapshot and are not computed here."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def bounds(cursor: Cursor, month: str, window: str) -> pd.DataFrame:
    """One row: first_month (cut at the snapshot's first, as published indicators are), last_month, history_month."""
    return cursor.execute(
        """
        with bounds as (
            select greatest(
                       case $window
                           when 'month' then cast($month as date)
                           when 'ytd' then cast(date_trunc('year', cast($month as date)) as date)
                           when 'rolling_12m' then cast(cast($month as date) - interval 11 month as date)
                           when 'rolling_36m' then cast(cast($month as date) - interval 35 month as date)
                           else cast(date_trunc('year', cast($month as date) + interval 1 month)
                                     - interval 1 month as date)
                       end,
                       min(period_month)) as first_month,
                   cast($month as date) as last_month,
                   min(period_month) as history_month
            from core.dim_months
        )
        select strftime(first_month, '%Y-%m') as first_month, strftime(last_month, '%Y-%m') as last_month,
               strftime(history_month, '%Y-%m') as history_month
        from bounds
        """,
        {"month": f"{month}-01", "window": window},
    ).df()


def measures(cursor: Cursor, court: str, scope: str, first_month: str, last_month: str) -> pd.DataFrame:
    """case_scope, measure_code, value: every additive measure over the months, by its window rule."""
    return cursor.execute(
        """
        select f.case_scope, f.measure_code,
               sum(case m.window_rule
                       when 'first' then case when f.period_month = cast($first as date) then f.measure_value else 0 end
                       when 'last' then case when f.period_month = cast($last as date) then f.measure_value else 0 end
                       else f.measure_value
                   end) as value
        from performance.fct_court_measures as f
        inner join core.dim_measures as m on m.measure_code = f.measure_code
        where f.court_code = $court and f.scope_code = $scope and m.window_rule in ('first', 'last', 'sum')
          and f.period_month between cast($first as date) and cast($last as date)
        group by f.case_scope, f.measure_code
        """,
        {"court": court, "scope": scope, "first": f"{first_month}-01", "last": f"{last_month}-01"},
    ).df()


def distinct_defaulters(cursor: Cursor, court: str, scope: str, first_month: str, last_month: str) -> pd.DataFrame:
    """One row: persons listed as defaulters in the months, each counted once within court and scope."""
    return cursor.execute(
        """
        select coalesce(sum(person_count), 0)::bigint as value
        from rankings.rpt_listed_person_months
        where court_code = $court and scope_code = $scope
          and period_month between cast($first as date) and cast($last as date)
          and coalesce(previous_published_month < cast($first as date), true)
        """,
        {"court": court, "scope": scope, "first": f"{first_month}-01", "last": f"{last_month}-01"},
    ).df()
