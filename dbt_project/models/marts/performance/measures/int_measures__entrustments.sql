with records as (
    select * from {{ ref('fct_entrustments') }}
),

final as (
    {{ summed_by_month('due_entrustments', 'due_month', 'has_due') }}
    union all
    {{ summed_by_month('on_time_entrustments', 'due_month', 'is_on_time') }}
)

select * from final
