-- Each statement is asked by the function of its name in the module beside this file.

-- name: indicators
with members as (
    select
        court_code,
        'own' as scope_code,
        court_code as member_code,
        date '1900-01-01' as first_month,
        date '9999-12-01' as last_month
    from core.dim_courts
    union all
    select
        court_code,
        'jurisdiction' as scope_code,
        court_code as member_code,
        date '1900-01-01' as first_month,
        date '9999-12-01' as last_month
    from core.dim_courts
    where level = 'intermediate'
    union all
    select
        p.court_code,
        'jurisdiction' as scope_code,
        c.court_code as member_code,
        c.first_month,
        c.last_month
    from core.dim_courts as p
    inner join core.dim_court_periods as c on p.court_code = c.parent_court_code
    where p.level = 'intermediate'
    union all
    select
        p.court_code,
        'province' as scope_code,
        c.court_code as member_code,
        date '1900-01-01' as first_month,
        date '9999-12-01' as last_month
    from core.dim_courts as p
    inner join core.dim_courts as c on p.province_code = c.province_code
    where p.parent_court_code is null and p.level <> 'basic'
),

-- The names' meaning in a snapshot that has no such columns.
lacking as (
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
),

-- noqa: enable=ST05
in_window as (
    select
        f.*,
        m.window_rule
    from brought as f
    inner join core.dim_measures as m on f.measure_code = m.measure_code
    where f.period_month between cast($first as date) and cast($last as date)
),

-- Months are added up from the courts' own. What came in or left is the scope's: stock that passes on from one of its
-- courts to another does neither.
monthly as (
    select
        s.court_code,
        s.scope_code,
        f.case_scope,
        f.measure_code,
        f.measure_value as amount
    from members as s
    inner join in_window as f
        on s.member_code = f.court_code and f.period_month between s.first_month and s.last_month
    where
        f.scope_code = 'own'
        and (
            f.window_rule = 'sum'
            or (f.window_rule = 'first' and f.period_month = cast($first as date))
            or (f.window_rule = 'last' and f.period_month = cast($last as date))
        )
    union all
    select
        court_code,
        scope_code,
        case_scope,
        measure_code,
        case window_rule when 'first' then brought_value else taken_value end as amount
    from in_window
    where
        (window_rule = 'first' and period_month > cast($first as date) and brought_value <> 0)
        or (window_rule = 'last' and period_month < cast($last as date) and taken_value <> 0)
),

-- A measure that is put together is the sum of its parts, each by its own rule over the window.
counted as (
    select
        court_code,
        scope_code,
        case_scope,
        measure_code,
        amount
    from monthly
    where measure_code not in (select p.measure_code from core.dim_measure_parts as p)
    union all
    select
        m.court_code,
        m.scope_code,
        m.case_scope,
        p.measure_code,
        m.amount
    from monthly as m inner join core.dim_measure_parts as p on m.measure_code = p.part_measure_code
),

rolled as (
    select
        court_code,
        scope_code,
        case_scope,
        measure_code,
        sum(amount) as amount
    from counted
    group by court_code, scope_code, case_scope, measure_code
)

select
    n.court_code,
    n.scope_code,
    i.indicator_code,
    i.definition_version,
    n.amount as numerator,
    case when i.denominator_measure is null then 1 else d.amount end as denominator,
    coalesce(c.amount, n.amount) as case_count
from core.dim_indicators as i
inner join rolled as n
    on i.numerator_measure = n.measure_code and coalesce(i.numerator_scope, i.case_scope) = n.case_scope
left join rolled as d
    on
        i.denominator_measure = d.measure_code
        and coalesce(i.denominator_scope, i.case_scope) = d.case_scope
        and n.court_code = d.court_code and n.scope_code = d.scope_code
left join rolled as c
    on
        i.count_measure = c.measure_code
        and coalesce(i.count_scope, i.denominator_scope, i.case_scope) = c.case_scope
        and n.court_code = c.court_code and n.scope_code = c.scope_code
where
    i.valid_from <= cast($last as date)
    and (i.valid_to is null or i.valid_to >= cast($last as date))
    and (i.superseded_from is null or i.superseded_from > cast($last as date))
    and (i.denominator_measure is null or d.amount is not null);

-- name: measures
with cases as (
    select
        e.*,
        s.case_scope
    from core.fct_enforcement_cases as e
    inner join core.dim_courts as c on e.court_code = c.court_code
    inner join core.dim_case_scope_members as s on e.case_type = s.case_type
    where c.province_code = $province
)

select
    case_scope,
    sum(case
        when
            filed_month < cast($first as date)
            and (closed_month is null or closed_month >= cast($first as date)) then 1
        else 0
    end)
        as opening_cases,
    sum(case when filed_month between cast($first as date) and cast($last as date) then is_new else 0 end)
        as new_cases,
    sum(case when closed_month between cast($first as date) and cast($last as date) then is_closed else 0 end)
        as closed_cases,
    sum(case
        when
            filed_month <= cast($last as date)
            and (closed_month is null or closed_month > cast($last as date)) then 1
        else 0
    end)
        as pending_cases
from cases
group by case_scope;

-- name: ranked
select
    s.peer_group,
    s.court_code,
    s.indicator_code,
    s.weight
from performance.fct_court_scores as s
inner join core.dim_courts as c on s.court_code = c.court_code
where
    c.province_code = $province and s.window_code = $window and s.period_month = cast($month as date)
    and s.rank is not null;

-- name: counts
select
    level,
    count(*) as court_count
from core.dim_courts
where province_code = $province
group by level;
