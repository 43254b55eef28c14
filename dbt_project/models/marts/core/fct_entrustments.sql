with entrustments as (
    select * from {{ ref('int_entrustments_deduplicated') }}
),

final as (
    select
        entrustments.entrustment_id,
        entrustments.entrusting_court_code,
        entrustments.court_code,
        entrustments.matter,
        entrustments.accepted_at,
        entrustments.due_at,
        entrustments.completed_at,
        entrustments.extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'entrustments.accepted_at') }} as date) as accepted_month,
        cast({{ dbt.date_trunc('month', 'entrustments.due_at') }} as date) as due_month,
        1 as entrustment_one,
        case when entrustments.due_at is not null then 1 else 0 end as has_due,
        case
            when entrustments.completed_at <= entrustments.due_at then 1
            when
                entrustments.due_at = {{ dbt.date_trunc('day', 'entrustments.due_at') }}
                and entrustments.completed_at < {{ dbt.dateadd('day', 1, 'entrustments.due_at') }}
                then 1
            else 0
        end as is_on_time
    from entrustments
)

select * from final
