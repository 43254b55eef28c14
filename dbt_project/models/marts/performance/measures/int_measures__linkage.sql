with records as (
    select * from {{ ref('fct_linkage_requests') }}
),

final as (
    {{ summed_by_month('requests_sent', 'sent_month', 'request_one') }}
    union all
    {{ summed_by_month('due_requests', 'due_month', 'has_due') }}
    union all
    {{ summed_by_month('on_time_requests', 'due_month', 'is_on_time_feedback') }}
    union all
    {{ summed_by_month('flight_ban_requests', 'sent_month', 'is_flight_ban') }}
    union all
    {{ summed_by_month('train_ban_requests', 'sent_month', 'is_train_ban') }}
)

select * from final
