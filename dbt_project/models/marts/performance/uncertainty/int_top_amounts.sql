with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

funds as (
    select * from {{ ref('fct_funds') }}
),

members as (
    select * from {{ ref('dim_case_scope_members') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

uncertainty as (
    select * from {{ ref('indicator_uncertainty') }}
),

court_scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

asked as (
    select distinct
        indicators.case_scope,
        uncertainty.largest_amounts as amount_code
    from uncertainty
    inner join indicators
        on uncertainty.indicator_code = indicators.indicator_code
),

amounts as (
    select
        cases.court_code,
        cases.closed_month as period_month,
        asked.case_scope,
        asked.amount_code,
        cases.case_id as record_id,
        cases.claim_amount_judged as amount
    from cases
    inner join members
        on cases.case_type = members.case_type
    inner join asked
        on
            members.case_scope = asked.case_scope
            and asked.amount_code = 'judged_claim'
    where
        cases.closed_month is not null
        and cases.claim_amount_judged > 0
    union all
    select
        funds.court_code,
        funds.due_month as period_month,
        asked.case_scope,
        asked.amount_code,
        funds.fund_id as record_id,
        funds.received_amount as amount
    from funds
    inner join asked
        on asked.amount_code = 'due_funds'
    where funds.due_month is not null
),

placed as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        amounts.period_month,
        amounts.case_scope,
        amounts.amount_code,
        amounts.amount,
        row_number() over (
            partition by
                court_scopes.court_code, court_scopes.scope_code, amounts.period_month,
                amounts.case_scope, amounts.amount_code
            order by amounts.amount desc, amounts.record_id asc
        ) as place
    from amounts
    inner join court_scopes
        on amounts.court_code = court_scopes.member_court_code
),

final as (
    select
        court_code,
        scope_code,
        period_month,
        case_scope,
        amount_code,
        place,
        amount
    from placed
    where place <= 10
)

select * from final
