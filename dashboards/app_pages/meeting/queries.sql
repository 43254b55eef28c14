-- Each statement is asked by the function of its name in the module beside this file.

-- name: standings
select
    r.court_code,
    r.indicator_code,
    r.value,
    r.denominator,
    r.case_count,
    r.unit,
    r.direction,
    r.status,
    r.interval_status,
    r.is_concentrated,
    r.value_without_largest,
    r.rank,
    r.rank_low,
    r.rank_high,
    r.ranked_count,
    r.place_code,
    r.end_count,
    s.month_count as streak,
    f.funnel_signal,
    f.is_favourable,
    f.expected_value,
    v.value_change,
    i.is_change_significant,
    v.value_change / nullif(i.change_high - i.change_low, 0) as strength
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
left join rankings.rpt_ranking_streaks as s
    on
        r.peer_group = s.peer_group and r.window_code = s.window_code and r.period_month = s.period_month
        and r.indicator_code = s.indicator_code and r.court_code = s.court_code and s.streak_code = 'bottom'
left join rankings.rpt_funnel_limits as f
    on
        r.peer_group = f.peer_group and r.window_code = f.window_code and r.period_month = f.period_month
        and r.indicator_code = f.indicator_code and r.court_code = f.court_code
left join performance.fct_court_indicators as v
    on
        r.court_code = v.court_code and r.scope_code = v.scope_code and r.window_code = v.window_code
        and r.period_month = v.period_month and r.indicator_code = v.indicator_code
        and r.definition_version = v.definition_version
left join performance.fct_court_intervals as i
    on
        r.court_code = i.court_code and r.scope_code = i.scope_code and r.window_code = i.window_code
        and r.period_month = i.period_month and r.indicator_code = i.indicator_code
        and r.definition_version = i.definition_version
where
    r.peer_group = $peer and c.province_code = $province and r.window_code = $window
    and r.period_month = cast($month as date)
    and (r.indicator_code = 'COMPOSITE' or list_contains($leading, r.indicator_code))
order by c.sort_order, c.court_code, r.indicator_code;
