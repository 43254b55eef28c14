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
        sum(is_closed) as closed_cases,
        sum(is_actual_closure) as actual_closed_cases,
        sum(is_suspension) as suspended_cases,
        sum(is_full_satisfaction) as full_satisfaction_cases,
        sum(is_termination) as terminated_cases
    from cases
    where closed_month is not null
    group by court_code, closed_month, case_type
),

by_scope as (
    select
        by_type.court_code,
        by_type.period_month,
        members.case_scope,
        sum(by_type.closed_cases) as closed_cases,
        sum(by_type.actual_closed_cases) as actual_closed_cases,
        sum(by_type.suspended_cases) as suspended_cases,
        sum(by_type.full_satisfaction_cases) as full_satisfaction_cases,
        sum(by_type.terminated_cases) as terminated_cases
    from by_type
    inner join members
        on by_type.case_type = members.case_type
    group by by_type.court_code, by_type.period_month, members.case_scope
),

final as (
    {{ as_measure('by_scope', 'closed_cases') }}
    union all
    {{ as_measure('by_scope', 'actual_closed_cases') }}
    union all
    {{ as_measure('by_scope', 'suspended_cases') }}
    union all
    {{ as_measure('by_scope', 'full_satisfaction_cases') }}
    union all
    {{ as_measure('by_scope', 'terminated_cases') }}
)

select * from final
