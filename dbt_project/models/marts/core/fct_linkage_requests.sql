with requests as (
    select * from {{ ref('int_requests_deduplicated') }}
),

final as (
    select
        requests.request_id,
        requests.case_id,
        requests.case_number,
        requests.case_number_raw,
        requests.case_number_status,
        requests.court_code,
        requests.channel,
        requests.unit_type,
        requests.matter,
        requests.sent_at,
        requests.due_at,
        requests.feedback_at,
        requests.result,
        requests.controlled_amount,
        requests.extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'requests.sent_at') }} as date) as sent_month,
        cast({{ dbt.date_trunc('month', 'requests.due_at') }} as date) as due_month,
        1 as request_one,
        case when requests.due_at is not null then 1 else 0 end as has_due,
        case
            when requests.feedback_at <= requests.due_at then 1
            when
                requests.due_at = {{ dbt.date_trunc('day', 'requests.due_at') }}
                and requests.feedback_at < {{ dbt.dateadd('day', 1, 'requests.due_at') }}
                then 1
            else 0
        end as is_on_time_feedback,
        case when requests.matter = '限制乘机' then 1 else 0 end as is_flight_ban,
        case when requests.matter = '限制乘车' then 1 else 0 end as is_train_ban,
        case when requests.matter = '查人' then 1 else 0 end as is_person_search,
        case
            when requests.matter = '查人' and requests.result in ('已办理', '部分办理') then 1
            else 0
        end as is_person_located,
        case when requests.matter = '扣车' then 1 else 0 end as is_vehicle_search,
        case
            when requests.matter = '扣车' and requests.result in ('已办理', '部分办理') then 1
            else 0
        end as is_vehicle_seized
    from requests
)

select * from final
