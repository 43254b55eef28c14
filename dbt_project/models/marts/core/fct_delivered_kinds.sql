with delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

final as (
    select
        court_code,
        kind,
        extract_month,
        delivery_id,
        accepted_count
    from delivery_courts
    where
        is_in_force
        and accepted_count > 0
        and court_code is not null
)

select * from final
