with failing_rows as (
    select * from {{ source('gate', 'failing_rows') }}
),

final as (
    select
        kind,
        extract_month,
        rule_code,
        severity,
        court_code,
        delivery_id,
        row_number,
        record_key,
        column_name,
        value
    from failing_rows
    where {{ is_known('extract_month') }}
)

select * from final
