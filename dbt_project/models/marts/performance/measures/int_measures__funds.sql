with records as (
    select * from {{ ref('fct_funds') }}
),

final as (
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'due_funds_amount' as measure_code,
        cast(sum(received_amount) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
    union all
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'due_funds_count' as measure_code,
        cast(sum(fund_one) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
    union all
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'funds_paid_on_time_amount' as measure_code,
        cast(sum(paid_on_time_amount) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
)

select * from final
