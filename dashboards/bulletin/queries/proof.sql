-- Each statement is asked by the function of its name in the module beside this file.

-- name: intervals
select
    i.court_code,
    i.scope_code,
    i.indicator_code,
    i.value,
    i.value_low,
    i.value_high,
    i.change_low,
    i.change_high,
    i.shared_correlation,
    i.is_concentrated,
    i.value_without_largest,
    i.judged_status
from performance.fct_court_intervals as i
inner join core.dim_indicators as d
    on i.indicator_code = d.indicator_code and cast(d.definition_version as varchar) = i.definition_version
where
    i.window_code = $window and i.period_month = cast($month as date)
    and d.valid_from <= cast($month as date)
    and (d.superseded_from is null or d.superseded_from > cast($month as date));

-- name: limits
select
    peer_group,
    indicator_code,
    court_code,
    value,
    expected_value,
    alert_low,
    alert_high,
    alarm_low,
    alarm_high,
    funnel_signal,
    is_concentrated,
    z_without_largest,
    is_largest_decisive
from rankings.rpt_funnel_limits
where window_code = $window and period_month = cast($month as date);

-- name: rank_intervals
select
    peer_group,
    period_month as month,
    court_code,
    rank,
    rank_low,
    rank_high,
    set_low,
    set_high
from performance.fct_rank_intervals
where province_code = $province and window_code = $window and indicator_code = 'COMPOSITE';

-- name: checks
select
    g.check_code,
    g.court_code,
    c.province_code,
    c.peer_group,
    g.hit_count,
    g.n,
    g.peer_score,
    g.own_score,
    g.peer_share,
    g.own_base,
    g.own_base_n,
    d.watch_score,
    d.alert_score,
    d.min_trials,
    d.min_hits,
    d.min_lift,
    d.name_zh,
    d.name_en,
    d.innocent_zh,
    d.innocent_en,
    d.innocent_small_zh,
    d.innocent_small_en
from rankings.rpt_gaming_checks as g
inner join core.dim_gaming_checks as d on g.check_code = d.check_code
inner join core.dim_courts as c on g.court_code = c.court_code
where g.period_month = cast($month as date);

-- name: labels
select
    court_code,
    scope_code,
    indicator_code,
    value_label
from performance.fct_published_values
where
    province_code = $province and window_code = $window and period_month = cast($month as date)
    and is_in_force and indicator_code <> 'COMPOSITE';

-- name: is_closed
select coalesce(bool_or(is_closed), false) from performance.fct_month_closings
where province_code = $province and period_month = cast($month as date);

-- name: definitions
select *
from core.dim_indicators
where
    valid_from <= cast($month as date) and (valid_to is null or valid_to >= cast($month as date))
    and (superseded_from is null or superseded_from > cast($month as date))
order by sort_order, indicator_code;

-- name: sources
select
    q.kind,
    count(*) as expected,
    sum(case when q.is_delivered then 1 else 0 end) as delivered,
    sum(case when q.is_late then 1 else 0 end) as late,
    sum(coalesce(q.row_count, 0)) as received,
    sum(coalesce(q.rejected_count, 0)) as rejected,
    sum(coalesce(q.held_count, 0)) as held
from rankings.rpt_delivery_quality as q
inner join core.dim_courts as c on q.court_code = c.court_code
where q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
group by q.kind;

-- name: deliveries
select
    d.court_code,
    d.extract_kind as kind,
    d.is_delivered,
    d.gap_reason
from performance.fct_court_deliveries as d
inner join core.dim_courts as c on d.court_code = c.court_code
where d.period_month = cast($month as date) and c.province_code = $province and d.is_expected;

-- name: least_peers
select threshold_value
from core.dim_thresholds
where
    threshold_code = 'LEAST_PEERS'
    and coalesce(valid_from, cast($month as date)) <= cast($month as date)
    and cast($month as date) <= coalesce(valid_to, cast($month as date))
