"""The ranking of one peer group by one indicator or the composite.
Ranks, changes and statuses are read as published; nothing is ranked here."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def ranking(cursor: Cursor, peer_group: str, province: str, month: str, window: str, indicator: str) -> pd.DataFrame:
    """One row per court of the group, ranked courts first in their order, the others after them."""
    return cursor.execute(
        """
        select r.rank, r.court_code, c.name_zh, c.name_en, c.short_name_zh, c.short_name_en, r.value, r.numerator,
               r.denominator, r.case_count, r.previous_rank, r.rank_change, r.rank_low, r.rank_high, r.ranked_count,
               r.score, r.status, r.direction, r.unit, f.value_change, f.months_in_window, f.months_expected,
               f.min_denominator, f.definition_version
        from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        left join performance.fct_court_indicators as f
            on f.court_code = r.court_code and f.scope_code = r.scope_code and f.window_code = r.window_code
           and f.period_month = r.period_month and f.indicator_code = r.indicator_code
        where r.peer_group = $peer and c.province_code = $province and r.window_code = $window
          and r.period_month = cast($month as date) and r.indicator_code = $indicator
        order by r.rank nulls last, c.sort_order
        """,
        {
            "peer": peer_group,
            "province": province,
            "window": window,
            "month": f"{month}-01",
            "indicator": indicator,
        },
    ).df()
