with redelivery_changes as (
    select * from {{ source('ledger', 'redelivery_changes') }}
),

final as (
    select
        kind,
        extract_month,
        court_code,
        old_delivery_id,
        new_delivery_id,
        change,
        record_key,
        changed_columns
    from redelivery_changes
    where {{ is_known('extract_month') }}
)

select * from final
