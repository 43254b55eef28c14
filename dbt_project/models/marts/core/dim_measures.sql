with measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        measure_code,
        name_zh,
        name_en,
        unit,
        window_rule,
        extract_kind,
        record_table,
        record_key,
        evidence_rule,
        month_column,
        value_column,
        definition_zh,
        definition_en,
        cast(sort_order as integer) as sort_order,
        until_column
    from measures
)

select * from final
