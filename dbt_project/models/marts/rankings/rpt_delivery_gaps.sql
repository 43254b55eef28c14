with gaps as (
    select * from {{ ref('stg_ledger__delivery_gaps') }}
),

final as (
    select
        extract_month,
        kind,
        court_code,
        reason,
        file_name,
        delivery_id,
        kept_delivery_id,
        said_code,
        said_zh,
        said_en,
        remedy_zh,
        remedy_en
    from gaps
)

select * from final
