with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
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
        filed_month as event_month,
        sum(is_new) as new_cases,
        sum(1 - is_new) as moved_cases,
        0 as closed_cases
    from cases
    group by court_code, case_type, filed_month
    union all
    select
        court_code,
        case_type,
        closed_month as event_month,
        0 as new_cases,
        -sum(case when moved_out_month is not null then 1 else 0 end) as moved_cases,
        sum(is_closed) as closed_cases
    from cases
    where closed_month is not null
    group by court_code, case_type, closed_month
),

flows as (
    select
        events.court_code,
        events.event_month,
        members.case_scope,
        sum(events.new_cases) as new_cases,
        sum(events.moved_cases) as moved_cases,
        sum(events.closed_cases) as closed_cases
    from events
    inner join members
        on events.case_type = members.case_type
    group by events.court_code, events.event_month, members.case_scope
),

brought_forward as (
    select
        flows.court_code,
        flows.case_scope,
        sum(flows.new_cases + flows.moved_cases - flows.closed_cases) as opening_cases
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
),

monthly as (
    select
        spine.court_code,
        spine.period_month,
        scopes.case_scope,
        coalesce(brought_forward.opening_cases, 0) as brought_forward_cases,
        coalesce(flows.new_cases, 0) as new_cases,
        coalesce(flows.moved_cases, 0) as moved_cases,
        coalesce(flows.new_cases, 0) + coalesce(flows.moved_cases, 0) - coalesce(flows.closed_cases, 0) as net_cases
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
        court_code,
        period_month,
        case_scope,
        new_cases,
        moved_cases,
        net_cases,
        brought_forward_cases + sum(net_cases) over (
            partition by court_code, case_scope
            order by period_month
            rows between unbounded preceding and current row
        ) as pending_cases
    from monthly
),

final as (
    {{ as_measure('stocks', 'opening_cases', 'pending_cases - net_cases') }}
    union all
    {{ as_measure('stocks', 'new_cases') }}
    union all
    {{ as_measure('stocks', 'moved_cases') }}
    union all
    {{ as_measure('stocks', 'pending_cases') }}
)

select * from final
