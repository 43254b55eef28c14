{%- set multiplied = [
    ('due_funds_squared', 'funds', 'due_month', 'received_amount', 'received_amount'),
    ('funds_paid_on_time_squared', 'funds', 'due_month', 'paid_on_time_amount', 'paid_on_time_amount'),
    ('due_funds_paid_product', 'funds', 'due_month', 'received_amount', 'paid_on_time_amount'),
    ('standard_due_squared', 'funds', 'standard_due_month', 'received_amount', 'received_amount'),
    ('standard_paid_squared', 'funds', 'standard_due_month', 'paid_in_standard_amount', 'paid_in_standard_amount'),
    ('standard_due_paid_product', 'funds', 'standard_due_month', 'received_amount', 'paid_in_standard_amount'),
    ('paid_out_squared', 'funds', 'paid_month', 'settled_amount', 'settled_amount'),
    ('paid_out_days_squared', 'funds', 'paid_month', 'paid_amount_days', 'paid_amount_days'),
    ('paid_out_days_product', 'funds', 'paid_month', 'settled_amount', 'paid_amount_days'),
    ('sold_starting_squared', 'lots', 'ended_month', 'sold_starting_amount', 'sold_starting_amount'),
    ('premium_squared', 'lots', 'ended_month', 'premium_amount', 'premium_amount'),
    ('premium_starting_product', 'lots', 'ended_month', 'sold_starting_amount', 'premium_amount'),
    ('auction_days_squared', 'lots', 'ended_month', 'auction_days', 'auction_days'),
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
    {% for measure_code, records, month_column, first_column, second_column in multiplied %}
        union all
        select
            court_code,
            {{ month_column }} as period_month,
            'not_case_based' as case_scope,
            '{{ measure_code }}' as measure_code,
            cast(
                coalesce(
                    sum(cast({{ first_column }} as decimal(19, 2)) * cast({{ second_column }} as decimal(19, 2))), 0
                ) as decimal(38, 4)
            ) as measure_value
        from {{ records }}
        where {{ month_column }} is not null
        group by court_code, {{ month_column }}
    {% endfor %}
)

select * from final
