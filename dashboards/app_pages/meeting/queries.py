"""What the meeting goes through: standings of the leading indicators with all that tells courts apart.
Flags and open items are the bulletin's questions, cards the overview's; what was noted is in the minutes."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries.dimensions import leading

Cursor = duckdb.DuckDBPyConnection


def standings(cursor: Cursor, peer_group: str, province: str, month: str, window: str) -> pd.DataFrame:
    """court × leading indicator or COMPOSITE: value, n, rank and band, streak, funnel signal, change and its doubt.

    In the official order of the courts. `streak` is the number of months in the last band, null below three;
    `strength` is the change over the width of its interval, null where the change cannot be judged.
    """
    return cursor.execute(
        """
        select r.court_code, r.indicator_code, r.value, r.denominator, r.case_count, r.unit, r.direction, r.status,
               r.interval_status, r.rank, r.rank_low, r.rank_high, r.ranked_count, r.tie_band, b.band_count,
               s.month_count as streak, f.funnel_signal, f.is_favourable, f.expected_value,
               v.value_change, i.is_change_significant,
               v.value_change / nullif(i.change_high - i.change_low, 0) as strength
        from rankings.rpt_court_rankings as r
        inner join core.dim_courts as c on c.court_code = r.court_code
        left join performance.fct_rank_intervals as b
            on b.peer_group = r.peer_group and b.window_code = r.window_code and b.period_month = r.period_month
           and b.indicator_code = r.indicator_code and b.court_code = r.court_code
        left join rankings.rpt_ranking_streaks as s
            on s.peer_group = r.peer_group and s.window_code = r.window_code and s.period_month = r.period_month
           and s.indicator_code = r.indicator_code and s.court_code = r.court_code and s.streak_code = 'bottom'
        left join rankings.rpt_funnel_limits as f
            on f.peer_group = r.peer_group and f.window_code = r.window_code and f.period_month = r.period_month
           and f.indicator_code = r.indicator_code and f.court_code = r.court_code
        left join performance.fct_court_indicators as v
            on v.court_code = r.court_code and v.scope_code = r.scope_code and v.window_code = r.window_code
           and v.period_month = r.period_month and v.indicator_code = r.indicator_code
           and v.definition_version = r.definition_version
        left join performance.fct_court_intervals as i
            on i.court_code = r.court_code and i.scope_code = r.scope_code and i.window_code = r.window_code
           and i.period_month = r.period_month and i.indicator_code = r.indicator_code
           and i.definition_version = r.definition_version
        where r.peer_group = $peer and c.province_code = $province and r.window_code = $window
          and r.period_month = cast($month as date)
          and (r.indicator_code = 'COMPOSITE' or list_contains($leading, r.indicator_code))
        order by c.sort_order, c.court_code, r.indicator_code
        """,
        {
            "peer": peer_group,
            "province": province,
            "window": window,
            "month": f"{month}-01",
            "leading": leading(cursor, month),
        },
    ).df()
