with records as (
    select * from {{ ref('fct_funds') }}
),

final as (
    {{ summed_by_month('due_funds_amount', 'due_month', 'received_amount') }}
    union all
    {{ summed_by_month('due_funds_count', 'due_month', 'fund_one') }}
    union all
    {{ summed_by_month('funds_paid_on_time_amount', 'due_month', 'paid_on_time_amount') }}
)

select * from final
