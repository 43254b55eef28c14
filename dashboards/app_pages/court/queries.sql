-- Each statement is asked by the function of its name in the module beside this file.

-- name: indicators
select
    t.indicator_code,
    i.name_zh,
    i.name_en,
    i.short_name_zh,
    i.short_name_en,
    i.direction,
    i.unit,
    i.target_value,
    i.numerator_measure,
    i.denominator_measure,
    coalesce(i.numerator_scope, i.case_scope) as numerator_scope,
    coalesce(i.denominator_scope, i.case_scope) as denominator_scope,
    t.numerator,
    t.denominator,
    t.case_count,
    t.value,
    coalesce(v.judged_status, t.status) as status,
    v.doubt_code,
    t.value_change,
    t.peer_median,
    t.peer_q25,
    t.peer_q75,
    t.province_value,
    r.rank,
    r.ranked_count,
    r.rank_change,
    r.rank_low,
    r.rank_high,
    r.place_code,
    r.interval_status,
    v.is_concentrated,
    v.value_without_largest,
    v.value_low,
    v.value_high,
    v.is_change_significant,
    p.value_label,
    t.definition_version
from rankings.rpt_indicator_trends as t
inner join core.dim_indicators as i
    on t.indicator_code = i.indicator_code and t.definition_version = i.definition_version
left join rankings.rpt_court_rankings as r
    on
        t.peer_group = r.peer_group and t.court_code = r.court_code and t.window_code = r.window_code
        and t.period_month = r.period_month and t.indicator_code = r.indicator_code
left join performance.fct_court_intervals as v
    on
        t.court_code = v.court_code and t.scope_code = v.scope_code and t.window_code = v.window_code
        and t.period_month = v.period_month and t.indicator_code = v.indicator_code
        and t.definition_version = v.definition_version
left join performance.fct_published_values as p
    on
        t.court_code = p.court_code and t.scope_code = p.scope_code and t.window_code = p.window_code
        and t.period_month = p.period_month and t.indicator_code = p.indicator_code
        and t.definition_version = p.definition_version
where
    t.court_code = $court and t.scope_code = $scope and t.window_code = $window
    and t.period_month = cast($month as date) and i.variant_of is null
order by i.sort_order, t.indicator_code;

-- name: history
select
    indicator_code,
    period_month,
    value
from performance.fct_court_indicators
where
    court_code = $court and scope_code = $scope and window_code = $window and is_in_force
    and period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
order by indicator_code, period_month;

-- name: composite
select
    peer_group,
    rank,
    ranked_count,
    rank_low,
    rank_high,
    rank_change,
    score,
    status
from rankings.rpt_court_rankings
where
    court_code = $court and scope_code = $scope and window_code = $window
    and period_month = cast($month as date) and indicator_code = 'COMPOSITE';

-- name: peers
select
    r.court_code,
    c.short_name_zh,
    c.short_name_en,
    r.value,
    r.case_count,
    r.rank,
    r.ranked_count,
    r.rank_low,
    r.rank_high,
    r.status,
    r.interval_status,
    r.direction,
    r.unit,
    c.sort_order
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    r.window_code = $window and r.period_month = cast($month as date) and r.indicator_code = $indicator
    and r.peer_group in (
        select peer_group from rankings.rpt_court_rankings
        where
            court_code = $court and scope_code = $scope and window_code = $window
            and period_month = cast($month as date)
    )
order by r.rank nulls last, c.sort_order;

-- name: standouts
select
    f.indicator_code,
    f.value,
    f.expected_value,
    f.case_count,
    f.z_score,
    f.funnel_signal,
    f.is_concentrated,
    f.value_without_largest,
    f.is_favourable,
    i.unit,
    i.name_zh,
    i.name_en,
    i.short_name_zh,
    i.short_name_en,
    g.peer_group
from rankings.rpt_funnel_limits as f
inner join core.dim_peer_groups as g on f.peer_group = g.peer_group and g.scope_code = $scope
inner join core.dim_indicators as i
    on
        f.indicator_code = i.indicator_code and i.variant_of is null
        and f.period_month >= i.valid_from and f.period_month < coalesce(i.superseded_from, date '9999-12-31')
where
    f.court_code = $court and f.window_code = $window and f.period_month = cast($month as date)
    and f.funnel_signal <> 'none' and f.is_favourable is not null
order by abs(f.z_score) desc, f.indicator_code;

-- name: before
select
    indicator_code,
    definition_version,
    numerator,
    denominator,
    value
from performance.fct_court_indicators
where
    court_code = $court and scope_code = $scope and window_code = $window and is_in_force
    and period_month = cast(cast($month as date) - interval 1 month as date);

-- name: checks
select
    g.check_code,
    g.value,
    g.n,
    g.hit_count,
    g.own_base,
    g.peer_median,
    g.flag,
    g.indicator_code,
    d.name_zh,
    d.name_en,
    d.shows_zh,
    d.shows_en,
    d.threshold_zh,
    d.threshold_en,
    coalesce(g.innocent_zh, d.innocent_zh) as innocent_zh,
    coalesce(g.innocent_en, d.innocent_en) as innocent_en
from rankings.rpt_gaming_checks as g
inner join core.dim_gaming_checks as d on g.check_code = d.check_code
where g.court_code = $court and g.period_month = cast($month as date)
order by case g.flag when 'alert' then 1 when 'watch' then 2 else 3 end, d.sort_order;

-- name: streaks
select
    s.indicator_code,
    s.streak_code,
    strftime(s.first_month, '%Y-%m') as first_month,
    s.month_count,
    s.rank,
    s.place_code,
    s.end_count
from rankings.rpt_ranking_streaks as s
inner join core.dim_peer_groups as g on s.peer_group = g.peer_group and g.scope_code = $scope
where
    s.court_code = $court and s.window_code = $window and s.period_month = cast($month as date)
    and s.indicator_code not in (
        select indicator_code from core.dim_indicators
        where variant_of is not null
    )
order by s.streak_code asc, s.month_count desc, s.indicator_code asc;

-- name: items
select
    r.item_id,
    r.court_code,
    r.problem_class,
    r.found_by,
    r.found_date,
    r.due_date,
    r.indicator_code,
    coalesce(r.due_date <= last_day(cast($month as date)), false) as is_overdue,
    date_diff('day', r.found_date, last_day(cast($month as date))) as open_days,
    count(*) over () as total_count,
    count(*) filter (where r.due_date <= last_day(cast($month as date))) over () as overdue_count
from core.fct_rectifications as r
inner join core.dim_court_scopes as s on r.court_code = s.member_court_code
where
    s.court_code = $court and s.scope_code = $scope
    and r.found_date <= last_day(cast($month as date))
    and coalesce(r.written_off_date > last_day(cast($month as date)), true)
order by r.due_date nulls last, r.found_date, r.item_id
limit $size offset $start;

-- name: flows
select
    stage_code,
    lens,
    flow_effect,
    case_count
from rankings.rpt_case_flows
where
    court_code = $court and scope_code = $scope and window_code = $window and case_scope = $case_scope
    and period_month = cast($month as date)
order by sort_order;
