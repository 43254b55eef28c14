with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

members as (
    select * from {{ ref('dim_case_scope_members') }}
),

by_type as (
    select
        court_code,
        closed_month as period_month,
        case_type,
        sum(is_on_time_closure) as on_time_closed_cases,
        sum(days_to_close) as close_days,
        sum(full_satisfaction_days) as full_satisfaction_days
    from cases
    where closed_month is not null
    group by court_code, closed_month, case_type
),

by_scope as (
    select
        by_type.court_code,
        by_type.period_month,
        members.case_scope,
        sum(by_type.on_time_closed_cases) as on_time_closed_cases,
        sum(by_type.close_days) as close_days,
        sum(by_type.full_satisfaction_days) as full_satisfaction_days
    from by_type
    inner join members
        on by_type.case_type = members.case_type
    group by by_type.court_code, by_type.period_month, members.case_scope
),

final as (
    {{ as_measure('by_scope', 'on_time_closed_cases') }}
    union all
    {{ as_measure('by_scope', 'close_days') }}
    union all
    {{ as_measure('by_scope', 'full_satisfaction_days', 'coalesce(full_satisfaction_days, 0)') }}
)

select * from final
