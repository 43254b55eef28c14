{#- amount, records, their key, the month they count in, the amount looked at and what of it the numerator counts. -#}
{%- set summed = [
    ('due_funds', 'funds', 'fund_id', 'due_month', 'received_amount', 'paid_on_time_amount'),
    ('standard_due_funds', 'funds', 'fund_id', 'standard_due_month', 'received_amount', 'paid_in_standard_amount'),
    ('paid_out', 'funds', 'fund_id', 'paid_month', 'settled_amount', 'paid_amount_days'),
    ('sold_starting', 'lots', 'lot_round_key', 'ended_month', 'sold_starting_amount', 'premium_amount'),
] -%}

with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

funds as (
    select * from {{ ref('fct_funds') }}
),

lots as (
    select * from {{ ref('fct_auction_lots') }}
),

spine as (
    select * from {{ ref('int_court_months') }}
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
        on
            uncertainty.indicator_code = indicators.indicator_code
            and coalesce(uncertainty.definition_version = indicators.definition_version, true)
),

-- A receipt is held in whole until it is paid out, and what then remains of it from that month on.
held as (
    select
        funds.court_code,
        spine.period_month,
        asked.case_scope,
        asked.amount_code,
        funds.fund_id,
        case
            when funds.paid_month is null or spine.period_month < funds.paid_month then funds.received_amount
            else funds.residual_amount
        end as held_amount,
        case
            when funds.paid_month is null or spine.period_month < funds.paid_month
                then coalesce(spine.period_month >= funds.late_from_month, false)
            else coalesce(spine.period_month >= funds.late_residual_from_month, false)
        end as is_late
    from funds
    inner join asked
        on asked.amount_code = 'held_funds'
    inner join spine
        on
            funds.court_code = spine.court_code
            and (
                (
                    funds.held_from_month <= spine.period_month
                    and coalesce(funds.paid_month > spine.period_month, true)
                )
                or funds.residual_from_month <= spine.period_month
            )
),

amounts as (
    select
        cases.court_code,
        cases.closed_month as period_month,
        asked.case_scope,
        asked.amount_code,
        cases.case_id as record_id,
        cast(cases.claim_amount_judged as decimal(24, 2)) as amount,
        cast(cases.recovered_amount_judged as decimal(24, 2)) as counted_amount
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
    {% for code, relation, key, month, amount, counted in summed %}
        select
            {{ relation }}.court_code,
            {{ relation }}.{{ month }} as period_month,
            asked.case_scope,
            asked.amount_code,
            {{ relation }}.{{ key }} as record_id,
            cast({{ relation }}.{{ amount }} as decimal(24, 2)) as amount,
            cast({{ relation }}.{{ counted }} as decimal(24, 2)) as counted_amount
        from {{ relation }}
        inner join asked
            on asked.amount_code = '{{ code }}'
        where
            {{ relation }}.{{ month }} is not null
            and {{ relation }}.{{ amount }} > 0
        union all
    {% endfor %}
    select
        court_code,
        period_month,
        case_scope,
        amount_code,
        fund_id as record_id,
        cast(held_amount as decimal(24, 2)) as amount,
        cast(case when is_late then held_amount else 0 end as decimal(24, 2)) as counted_amount
    from held
),

placed as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        amounts.period_month,
        amounts.case_scope,
        amounts.amount_code,
        amounts.amount,
        amounts.counted_amount,
        row_number() over (
            partition by
                court_scopes.court_code, court_scopes.scope_code, amounts.period_month,
                amounts.case_scope, amounts.amount_code
            order by amounts.amount desc, amounts.record_id asc
        ) as place
    from amounts
    -- Records of months in which neither the court nor a successor was in service are in no sum.
    inner join spine
        on
            amounts.court_code = spine.court_code
            and amounts.period_month = spine.period_month
    inner join court_scopes
        on
            spine.counting_court_code = court_scopes.member_court_code
            and spine.period_month >= court_scopes.member_from
            and spine.period_month <= court_scopes.member_to
),

final as (
    select
        court_code,
        scope_code,
        period_month,
        case_scope,
        amount_code,
        place,
        amount,
        counted_amount
    from placed
    where place <= 10
)

select * from final
