with records as (
    select * from {{ ref('fct_entrustments') }}
),

final as (
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'due_entrustments' as measure_code,
        cast(sum(has_due) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
    union all
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'on_time_entrustments' as measure_code,
        cast(sum(is_on_time) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
)

select * from final
