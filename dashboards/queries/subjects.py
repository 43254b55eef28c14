"""What the pages about one subject ask alike: chosen indicators of a court and scope, now and over the past months.
What only one of them asks belongs to the module of its name."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def indicators(cursor: Cursor, codes: tuple[str, ...], court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """One row per indicator of `codes` in that order: names, unit, numerator, denominator, value, n, status, change."""
    return cursor.execute(
        """
        select f.indicator_code, i.name_zh, i.name_en, i.short_name_zh, i.short_name_en, i.direction, i.unit,
               i.target_value, i.interval_low, i.interval_high, f.numerator, f.denominator, f.value, f.status,
               f.case_count, f.value_change, f.same_month_last_year_value, v.is_change_significant,
               m.unit as denominator_unit
        from performance.fct_court_indicators as f
        inner join core.dim_indicators as i
            on i.indicator_code = f.indicator_code and i.definition_version = f.definition_version
        left join performance.fct_court_intervals as v
            on v.court_code = f.court_code and v.scope_code = f.scope_code and v.window_code = f.window_code
           and v.period_month = f.period_month and v.indicator_code = f.indicator_code
           and v.definition_version = f.definition_version
        left join core.dim_measures as m on m.measure_code = i.denominator_measure
        where f.court_code = $court and f.scope_code = $scope and f.window_code = $window
          and f.period_month = cast($month as date) and f.is_in_force
          and list_contains($codes, f.indicator_code)
        order by list_position($codes, f.indicator_code)
        """,
        {"codes": list(codes), "court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def history(cursor: Cursor, codes: tuple[str, ...], court: str, scope: str, month: str, window: str) -> pd.DataFrame:
    """indicator_code, period_month, value: twenty-four months, for sparklines."""
    return cursor.execute(
        """
        select indicator_code, period_month, value
        from performance.fct_court_indicators
        where court_code = $court and scope_code = $scope and window_code = $window and is_in_force
          and list_contains($codes, indicator_code)
          and period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
        order by indicator_code, period_month
        """,
        {"codes": list(codes), "court": court, "scope": scope, "window": window, "month": f"{month}-01"},
    ).df()


def by_court(cursor: Cursor, codes: tuple[str, ...], courts: tuple[str, ...], month: str, window: str) -> pd.DataFrame:
    """court_code, indicator_code, numerator, denominator, value, status: the courts' own figures."""
    return cursor.execute(
        """
        select court_code, indicator_code, numerator, denominator, value, status
        from performance.fct_court_indicators
        where scope_code = 'own' and window_code = $window and period_month = cast($month as date) and is_in_force
          and list_contains($codes, indicator_code) and list_contains($courts, court_code)
        """,
        {"codes": list(codes), "courts": list(courts), "window": window, "month": f"{month}-01"},
    ).df()
