with redelivery_changes as (
    select * from {{ ref('stg_ledger__redelivery_changes') }}
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
)

select * from final
