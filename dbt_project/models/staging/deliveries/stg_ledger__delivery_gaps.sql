with delivery_gaps as (
    select * from {{ source('ledger', 'delivery_gaps') }}
),

final as (
    select
        court_code,
        kind,
        extract_month,
        reason,
        delivery_id,
        file_name,
        kept_delivery_id,
        said_code,
        said_zh,
        said_en,
        remedy_zh,
        remedy_en
    from delivery_gaps
    where {{ is_known('extract_month') }}
)

select * from final
