-- Each statement is asked by the function of its name in the module beside this file.

-- name: bounds
with history as (
    select min(d.period_month) as history_month
    from performance.fct_court_deliveries as d
    inner join core.dim_courts as c on d.court_code = c.court_code
    where c.province_code = $province
)

select
    coalesce(min(w.member_month), any_value(h.history_month)) as first_month,
    cast($month as date) as last_month,
    any_value(h.history_month) as history_month
from history as h
left join core.dim_window_months as w
    on
        w.window_code = $window and w.period_month = cast($month as date)
        and h.history_month <= w.member_month;

-- name: measures
-- In a snapshot from before there were these columns the names are the outer ones': nobody came later or left then.
with lacking as (
    select
        0 as entering_value,
        0 as leaving_value
),

-- Only within a lateral query does a name that a table lacks find another outside it.
-- noqa: disable=ST05
brought as (
    select f.*
    from lacking
    cross join lateral (
        select
            court_code,
            scope_code,
            case_scope,
            measure_code,
            period_month,
            measure_value,
            entering_value as brought_value,
            leaving_value as taken_value
        from performance.fct_court_measures
    ) as f
)

-- noqa: enable=ST05
select
    f.case_scope,
    f.measure_code,
    sum(case
        when m.window_rule = 'first' and f.period_month = cast($first as date) then f.measure_value
        when m.window_rule = 'first' then f.brought_value
        when m.window_rule = 'last' and f.period_month <> cast($last as date) then f.taken_value
        else f.measure_value
    end) as value
from brought as f
inner join core.dim_measures as m on f.measure_code = m.measure_code
where
    f.court_code = $court and f.scope_code = $scope and m.window_rule in ('first', 'last', 'sum')
    and f.period_month between cast($first as date) and cast($last as date)
group by f.case_scope, f.measure_code;

-- name: distinct_defaulters
select coalesce(sum(person_count), 0)::bigint as value
from rankings.rpt_listed_person_months
where
    court_code = $court and scope_code = $scope
    and period_month between cast($first as date) and cast($last as date)
    and coalesce(previous_published_month < cast($first as date), true);
