with deliveries as (
    select * from {{ source('ledger', 'deliveries') }}
),

final as (
    select
        delivery_id,
        kind,
        extract_month,
        file_name,
        file_sha256,
        file_bytes,
        format,
        encoding,
        received_at,
        status,
        duplicate_of,
        refusal_code,
        message_zh,
        message_en,
        remedy_zh,
        remedy_en,
        row_count,
        accepted_count,
        rejected_count,
        held_count,
        extra_column_count,
        court_codes,
        delivered_columns,
        waited_since
    from deliveries
    where {{ is_known('extract_month') }}
)

select * from final
