with suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

members as (
    select * from {{ ref('dim_case_scope_members') }}
),

spine as (
    select * from {{ ref('int_court_months') }}
),

events as (
    select
        court_code,
        case_type,
        suspended_month as event_month,
        sum(suspension_one) as placed_cases,
        0 as reactivated_cases,
        0 as expired_cases
    from suspensions
    group by court_code, case_type, suspended_month
    union all
    select
        court_code,
        case_type,
        reactivated_month as event_month,
        0 as placed_cases,
        sum(is_reactivated) as reactivated_cases,
        0 as expired_cases
    from suspensions
    where reactivated_month is not null
    group by court_code, case_type, reactivated_month
    union all
    select
        court_code,
        case_type,
        expired_month as event_month,
        0 as placed_cases,
        0 as reactivated_cases,
        sum(is_expiring) as expired_cases
    from suspensions
    where expired_month is not null
    group by court_code, case_type, expired_month
),

flows as (
    select
        events.court_code,
        events.event_month,
        members.case_scope,
        sum(events.placed_cases) as placed_cases,
        sum(events.reactivated_cases) as reactivated_cases,
        sum(events.expired_cases) as expired_cases
    from events
    inner join members
        on events.case_type = members.case_type
    group by events.court_code, events.event_month, members.case_scope
),

brought_forward as (
    select
        flows.court_code,
        flows.case_scope,
        sum(flows.placed_cases - flows.reactivated_cases - flows.expired_cases) as inactive_cases
    from flows
    inner join spine
        on
            flows.court_code = spine.court_code
            and spine.period_month = spine.first_month
    where flows.event_month < spine.first_month
    group by flows.court_code, flows.case_scope
),

scopes as (
    select distinct case_scope
    from members
    where case_type in ('执', '执恢')
),

monthly as (
    select
        spine.court_code,
        spine.period_month,
        scopes.case_scope,
        coalesce(brought_forward.inactive_cases, 0) as brought_forward_cases,
        coalesce(flows.placed_cases, 0) as placed_cases,
        coalesce(flows.reactivated_cases, 0) as reactivated_cases,
        coalesce(flows.expired_cases, 0) as expired_cases
    from spine
    cross join scopes
    left join brought_forward
        on
            spine.court_code = brought_forward.court_code
            and scopes.case_scope = brought_forward.case_scope
    left join flows
        on
            spine.court_code = flows.court_code
            and spine.period_month = flows.event_month
            and scopes.case_scope = flows.case_scope
),

stocks as (
    select
        *,
        brought_forward_cases + sum(placed_cases - reactivated_cases - expired_cases) over (
            partition by court_code, case_scope
            order by period_month
            rows between unbounded preceding and current row
        ) as inactive_pending_cases
    from monthly
),

final as (
    select
        court_code,
        period_month,
        case_scope,
        'inactive_opening_cases' as measure_code,
        cast(
            inactive_pending_cases - placed_cases + reactivated_cases + expired_cases as decimal(24, 2)
        ) as measure_value
    from stocks
    union all
    select
        court_code,
        period_month,
        case_scope,
        'placed_inactive_cases' as measure_code,
        cast(placed_cases as decimal(24, 2)) as measure_value
    from stocks
    union all
    select
        court_code,
        period_month,
        case_scope,
        'reactivated_cases' as measure_code,
        cast(reactivated_cases as decimal(24, 2)) as measure_value
    from stocks
    union all
    select
        court_code,
        period_month,
        case_scope,
        'expired_inactive_cases' as measure_code,
        cast(expired_cases as decimal(24, 2)) as measure_value
    from stocks
    union all
    select
        court_code,
        period_month,
        case_scope,
        'inactive_pending_cases' as measure_code,
        cast(inactive_pending_cases as decimal(24, 2)) as measure_value
    from stocks
)

select * from final
