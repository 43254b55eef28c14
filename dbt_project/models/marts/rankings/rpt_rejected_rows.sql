with rejected_rows as (
    select * from {{ ref('stg_rejects__rejected_rows') }}
),

final as (
    select
        delivery_id,
        kind,
        extract_month,
        row_number,
        disposition,
        court_code,
        column_name,
        header,
        value,
        reason_code,
        reason_zh,
        reason_en,
        remedy_zh,
        remedy_en,
        row_text
    from rejected_rows
)

select * from final
