create or replace macro snapshot_month(wanted) as (
    coalesce(
        try_cast(left(cast(wanted as varchar), 7) || '-01' as date),
        (select max(months.period_month) from core.dim_months as months)
    )
);

create or replace macro window_start(ending, named) as (
    (
        select min(counted.member_month)
        from core.dim_window_months as counted
        where counted.window_code = named and counted.period_month = ending
    )
);

create or replace macro indicator(code, in_window := 'month', in_scope := null) as table
select
    f.period_month,
    f.court_code,
    c.short_name_zh,
    c.short_name_en,
    f.scope_code,
    f.numerator,
    f.denominator,
    f.value,
    f.case_count,
    f.status,
    f.value_change,
    f.definition_version
from performance.fct_court_indicators as f
inner join core.dim_courts as c on f.court_code = c.court_code
where
    f.is_in_force and f.indicator_code = code and f.window_code = in_window
    and f.scope_code = coalesce(in_scope, f.scope_code)
order by f.period_month desc, f.scope_code, c.sort_order;

create or replace macro ranking(code, in_window := 'rolling_12m', at_month := null, of_peers := 'basic') as table
select
    r.rank,
    r.rank_low,
    r.rank_high,
    r.tie_band,
    r.ranked_count,
    r.court_code,
    c.short_name_zh,
    c.short_name_en,
    r.value,
    r.denominator,
    r.score,
    r.previous_rank,
    r.status,
    r.period_month
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    r.indicator_code = code and r.window_code = in_window and r.peer_group = of_peers
    and r.period_month = snapshot_month(at_month)
order by r.rank nulls last, c.sort_order;

create or replace macro measure(code, in_case_scope := 'all_enforcement', in_scope := 'own') as table
select
    f.period_month,
    f.court_code,
    c.short_name_zh,
    c.short_name_en,
    f.measure_value
from performance.fct_court_measures as f
inner join core.dim_courts as c on f.court_code = c.court_code
where f.measure_code = code and f.case_scope in (in_case_scope, 'not_case_based') and f.scope_code = in_scope
order by f.period_month desc, c.sort_order;

create or replace macro court_members(code, in_scope := 'own') as table
select s.member_court_code as court_code
from core.dim_court_scopes as s
where s.court_code = code and s.scope_code = in_scope;

create or replace macro case_types_of(scope) as table
select m.case_type from core.dim_case_scope_members as m where m.case_scope = scope;
