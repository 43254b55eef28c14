with failing_rows as (
    select * from {{ ref('stg_gate__failing_rows') }}
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
)

select * from final
