-- Each statement is asked by the function of its name in the module beside this file.

-- name: unmet
select
    r.court_code,
    r.indicator_code,
    r.window_code,
    r.value,
    r.case_count,
    r.is_concentrated,
    r.value_without_largest,
    r.unit,
    r.direction,
    r.interval_status as status,
    i.target_value
from core.dim_indicator_sets as s
inner join rankings.rpt_court_rankings as r
    on s.indicator_code = r.indicator_code and r.window_code = coalesce(s.target_window, $window)
inner join core.dim_courts as c on r.court_code = c.court_code
left join core.dim_indicators as i
    on r.indicator_code = i.indicator_code and r.definition_version = i.definition_version
where
    s.set_role = 'core' and s.valid_from <= cast($month as date)
    and (s.valid_to is null or s.valid_to >= cast($month as date))
    and r.peer_group = $peer and c.province_code = $province and r.period_month = cast($month as date)
    and r.interval_status in ('above', 'below')
order by c.sort_order, s.item_number;

-- name: streaks
select
    court_code,
    month_count
from rankings.rpt_ranking_streaks
where
    peer_group = $peer and window_code = $window and period_month = cast($month as date)
    and indicator_code = 'COMPOSITE' and streak_code = 'bottom'
order by court_code;

-- name: flags
select
    g.court_code,
    g.check_code,
    d.name_zh,
    d.name_en,
    coalesce(g.innocent_zh, d.innocent_zh) as innocent_zh,
    coalesce(g.innocent_en, d.innocent_en) as innocent_en,
    g.value,
    g.n,
    g.peer_median,
    g.flag,
    g.indicator_code
from rankings.rpt_gaming_checks as g
inner join core.dim_gaming_checks as d on g.check_code = d.check_code
inner join core.dim_courts as c on g.court_code = c.court_code
where g.period_month = cast($month as date) and g.flag <> 'none' and c.province_code = $province
order by g.flag, c.sort_order, d.sort_order;

-- name: restated
select
    court_code,
    count(distinct indicator_code) as indicator_count
from rankings.rpt_restatements
where
    period_month = cast($month as date) and window_code = $window and scope_code = 'own'
    and is_value_restated
group by court_code
order by court_code;

-- name: jurisdictions
select
    c.prefecture_code,
    f.value,
    f.case_count,
    i.unit
from performance.fct_court_indicators as f
inner join core.dim_courts as c on f.court_code = c.court_code
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
where
    f.scope_code = 'jurisdiction' and c.level = 'intermediate' and f.is_in_force
    and f.indicator_code = $indicator and f.window_code = $window and f.period_month = cast($month as date)
    and c.province_code = $province
order by c.sort_order;
