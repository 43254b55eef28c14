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
        sum(claim_amount_judged) as judged_claim_amount,
        sum(recovered_amount_judged) as judged_recovered_amount,
        sum(has_claim) as judged_claim_cases
    from cases
    where closed_month is not null
    group by court_code, closed_month, case_type
),

by_scope as (
    select
        by_type.court_code,
        by_type.period_month,
        members.case_scope,
        sum(by_type.judged_claim_amount) as judged_claim_amount,
        sum(by_type.judged_recovered_amount) as judged_recovered_amount,
        sum(by_type.judged_claim_cases) as judged_claim_cases
    from by_type
    inner join members
        on by_type.case_type = members.case_type
    group by by_type.court_code, by_type.period_month, members.case_scope
),

final as (
    {{ as_measure('by_scope', 'judged_claim_amount') }}
    union all
    {{ as_measure('by_scope', 'judged_recovered_amount') }}
    union all
    {{ as_measure('by_scope', 'judged_claim_cases') }}
)

select * from final
