with records as (
    select * from {{ ref('fct_linkage_requests') }}
),

final as (
    select
        court_code,
        sent_month as period_month,
        'not_case_based' as case_scope,
        'requests_sent' as measure_code,
        cast(sum(request_one) as decimal(24, 2)) as measure_value
    from records
    where sent_month is not null
    group by court_code, sent_month
    union all
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'due_requests' as measure_code,
        cast(sum(has_due) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
    union all
    select
        court_code,
        due_month as period_month,
        'not_case_based' as case_scope,
        'on_time_requests' as measure_code,
        cast(sum(is_on_time_feedback) as decimal(24, 2)) as measure_value
    from records
    where due_month is not null
    group by court_code, due_month
    union all
    select
        court_code,
        sent_month as period_month,
        'not_case_based' as case_scope,
        'flight_ban_requests' as measure_code,
        cast(sum(is_flight_ban) as decimal(24, 2)) as measure_value
    from records
    where sent_month is not null
    group by court_code, sent_month
    union all
    select
        court_code,
        sent_month as period_month,
        'not_case_based' as case_scope,
        'train_ban_requests' as measure_code,
        cast(sum(is_train_ban) as decimal(24, 2)) as measure_value
    from records
    where sent_month is not null
    group by court_code, sent_month
)

select * from final
