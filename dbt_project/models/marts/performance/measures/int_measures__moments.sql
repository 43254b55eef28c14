with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

funds as (
    select * from {{ ref('fct_funds') }}
),

members as (
    select * from {{ ref('dim_case_scope_members') }}
),

products as (
    select
        court_code,
        closed_month as period_month,
        case_type,
        cast(days_to_close as decimal(19, 2)) * cast(days_to_close as decimal(19, 2)) as close_days_squared,
        cast(full_satisfaction_days as decimal(19, 2))
        * cast(full_satisfaction_days as decimal(19, 2)) as full_satisfaction_days_squared,
        cast(claim_amount_judged as decimal(19, 2))
        * cast(claim_amount_judged as decimal(19, 2)) as judged_claim_squared,
        cast(recovered_amount_judged as decimal(19, 2))
        * cast(recovered_amount_judged as decimal(19, 2)) as judged_recovered_squared,
        cast(claim_amount_judged as decimal(19, 2))
        * cast(recovered_amount_judged as decimal(19, 2)) as judged_claim_recovered_product
    from cases
    where closed_month is not null
),

by_scope as (
    select
        products.court_code,
        products.period_month,
        members.case_scope,
        sum(products.close_days_squared) as close_days_squared,
        sum(products.full_satisfaction_days_squared) as full_satisfaction_days_squared,
        sum(products.judged_claim_squared) as judged_claim_squared,
        sum(products.judged_recovered_squared) as judged_recovered_squared,
        sum(products.judged_claim_recovered_product) as judged_claim_recovered_product
    from products
    inner join members
        on products.case_type = members.case_type
    group by products.court_code, products.period_month, members.case_scope
),

funds_by_month as (
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        sum(cast(received_amount as decimal(19, 2)) * cast(received_amount as decimal(19, 2))) as due_funds_squared,
        sum(
            cast(paid_on_time_amount as decimal(19, 2)) * cast(paid_on_time_amount as decimal(19, 2))
        ) as funds_paid_on_time_squared,
        sum(
            cast(received_amount as decimal(19, 2)) * cast(paid_on_time_amount as decimal(19, 2))
        ) as due_funds_paid_product
    from funds
    where due_month is not null
    group by court_code, due_month
),

final as (
    select
        court_code,
        period_month,
        case_scope,
        'close_days_squared' as measure_code,
        cast(coalesce(close_days_squared, 0) as decimal(38, 4)) as measure_value
    from by_scope
    union all
    select
        court_code,
        period_month,
        case_scope,
        'full_satisfaction_days_squared' as measure_code,
        cast(coalesce(full_satisfaction_days_squared, 0) as decimal(38, 4)) as measure_value
    from by_scope
    union all
    select
        court_code,
        period_month,
        case_scope,
        'judged_claim_squared' as measure_code,
        cast(coalesce(judged_claim_squared, 0) as decimal(38, 4)) as measure_value
    from by_scope
    union all
    select
        court_code,
        period_month,
        case_scope,
        'judged_recovered_squared' as measure_code,
        cast(coalesce(judged_recovered_squared, 0) as decimal(38, 4)) as measure_value
    from by_scope
    union all
    select
        court_code,
        period_month,
        case_scope,
        'judged_claim_recovered_product' as measure_code,
        cast(coalesce(judged_claim_recovered_product, 0) as decimal(38, 4)) as measure_value
    from by_scope
    union all
    select
        court_code,
        period_month,
        case_scope,
        'due_funds_squared' as measure_code,
        cast(coalesce(due_funds_squared, 0) as decimal(38, 4)) as measure_value
    from funds_by_month
    union all
    select
        court_code,
        period_month,
        case_scope,
        'funds_paid_on_time_squared' as measure_code,
        cast(coalesce(funds_paid_on_time_squared, 0) as decimal(38, 4)) as measure_value
    from funds_by_month
    union all
    select
        court_code,
        period_month,
        case_scope,
        'due_funds_paid_product' as measure_code,
        cast(coalesce(due_funds_paid_product, 0) as decimal(38, 4)) as measure_value
    from funds_by_month
)

select * from final
