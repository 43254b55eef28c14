-- Each statement is asked by the function of its name in the module beside this file.

-- name: provinces
select province_code from core.dim_courts
group by province_code
order by count(*) desc, province_code;

-- name: figures
select
    f.court_code,
    f.scope_code,
    f.indicator_code,
    f.definition_version,
    f.numerator,
    f.denominator,
    f.case_count,
    f.value,
    f.status,
    f.months_in_window,
    f.months_expected,
    i.value_low,
    i.value_high,
    i.is_concentrated,
    i.value_without_largest,
    coalesce(i.judged_status, f.status) as judged_status
from performance.fct_court_indicators as f
left join performance.fct_court_intervals as i
    on
        f.court_code = i.court_code and f.scope_code = i.scope_code and f.window_code = i.window_code
        and f.period_month = i.period_month and f.indicator_code = i.indicator_code
        and f.definition_version = i.definition_version
where f.window_code = $window and f.period_month = cast($month as date) and coalesce(f.is_in_force, true);

-- name: ranks
select
    r.peer_group,
    r.scope_code,
    r.indicator_code,
    r.court_code,
    r.value,
    r.value_low,
    r.value_high,
    r.numerator,
    r.denominator,
    r.case_count,
    r.rank,
    r.rank_low,
    r.rank_high,
    r.set_low,
    r.set_high,
    r.place_code,
    r.end_count,
    r.ranked_count,
    r.previous_rank,
    r.score,
    r.status,
    r.interval_status,
    f.funnel_signal,
    coalesce(f.is_largest_decisive, false) as is_largest_decisive,
    f.value > f.expected_value as is_above_peers
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
left join rankings.rpt_funnel_limits as f
    on
        r.peer_group = f.peer_group and r.window_code = f.window_code and r.period_month = f.period_month
        and r.indicator_code = f.indicator_code and r.court_code = f.court_code
where c.province_code = $province and r.window_code = $window and r.period_month = cast($month as date)
order by r.peer_group, r.indicator_code, r.rank nulls last, c.sort_order, r.court_code;

-- name: changes
select
    r.peer_group,
    r.court_code,
    r.indicator_code,
    v.value_change,
    r.interval_status,
    i.is_change_significant
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
inner join performance.fct_court_indicators as v
    on
        r.court_code = v.court_code and r.scope_code = v.scope_code and r.window_code = v.window_code
        and r.period_month = v.period_month and r.indicator_code = v.indicator_code
        and r.definition_version = v.definition_version
inner join performance.fct_court_intervals as i
    on
        r.court_code = i.court_code and r.scope_code = i.scope_code and r.window_code = i.window_code
        and r.period_month = i.period_month and r.indicator_code = i.indicator_code
        and r.definition_version = i.definition_version
where
    c.province_code = $province and r.window_code = $window and r.period_month = cast($month as date)
    and i.is_change_significant is not null and list_contains($leading, r.indicator_code)
order by r.peer_group, c.sort_order, r.court_code, r.indicator_code;

-- name: streaks
select
    s.peer_group,
    s.court_code,
    s.month_count
from rankings.rpt_ranking_streaks as s
inner join core.dim_courts as c on s.court_code = c.court_code
where
    c.province_code = $province and s.window_code = $window and s.period_month = cast($month as date)
    and s.indicator_code = 'COMPOSITE' and s.streak_code = 'bottom'
order by c.sort_order, s.court_code;

-- name: restated
select
    r.court_code,
    r.scope_code,
    r.indicator_code,
    r.old_numerator,
    r.old_denominator,
    r.old_value,
    r.new_value,
    r.cause_zh,
    r.cause_en
from rankings.rpt_restatements as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    c.province_code = $province and r.window_code = $window and r.period_month = cast($month as date)
    and r.is_value_restated and list_contains($leading, r.indicator_code)
order by c.sort_order, r.scope_code, r.indicator_code;

-- name: definitions
with versions as (
    select
        *,
        row_number() over (
            partition by indicator_code
            order by
                case when valid_from <= cast($month as date) then 0 else 1 end,
                case when valid_to is null or valid_to >= cast($month as date) then 0 else 1 end,
                valid_from desc
        ) as place
    from core.dim_indicators
    where list_contains($leading, indicator_code)
)

select
    v.*,
    n.unit as numerator_unit,
    d.unit as denominator_unit,
    n.name_zh as numerator_name_zh,
    n.name_en as numerator_name_en,
    d.name_zh as denominator_name_zh,
    d.name_en as denominator_name_en
from versions as v
left join core.dim_measures as n on v.numerator_measure = n.measure_code
left join core.dim_measures as d on v.denominator_measure = d.measure_code
where v.place = 1
order by v.sort_order, v.indicator_code;

-- name: history
select
    f.indicator_code,
    f.definition_version,
    f.period_month,
    f.value,
    i.value_low,
    i.value_high
from performance.fct_court_indicators as f
left join performance.fct_court_intervals as i
    on
        f.court_code = i.court_code and f.scope_code = i.scope_code and f.window_code = i.window_code
        and f.period_month = i.period_month and f.indicator_code = i.indicator_code
        and f.definition_version = i.definition_version
where
    f.court_code = $court and f.scope_code = $scope and f.window_code = 'rolling_12m'
    and f.months_in_window = 12 and coalesce(f.is_in_force, true)
    and f.period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
order by f.indicator_code, f.period_month;

-- name: deliveries
select
    q.kind,
    q.court_code,
    q.status,
    q.is_delivered,
    q.is_late,
    q.row_count,
    q.accepted_count,
    q.rejected_count,
    q.held_count,
    q.gap_reason
from rankings.rpt_delivery_quality as q
inner join core.dim_courts as c on q.court_code = c.court_code
where q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
order by q.kind, c.sort_order;

-- name: label_failures
select
    kind,
    rule_code,
    rule_zh,
    rule_en,
    checked_count,
    failed_count
from rankings.rpt_gate_results
where extract_month = cast($month as date) and failed_count > 0
order by failed_count desc, kind asc, rule_code asc;
