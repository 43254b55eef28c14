with delivery_courts as (
    select * from {{ source('ledger', 'delivery_courts') }}
),

final as (
    select
        delivery_id,
        kind,
        extract_month,
        court_code,
        accepted_count,
        rejected_count,
        is_in_force,
        superseded_by
    from delivery_courts
    where {{ is_known('extract_month') }}
)

select * from final
