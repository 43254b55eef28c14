with node_limits as (
    select * from {{ ref('node_limits') }}
),

final as (
    select
        node_code,
        name_zh,
        name_en,
        start_event,
        limit_value,
        limit_unit,
        day_type,
        extension_or_deduction,
        legal_basis,
        article,
        source,
        confidence,
        field_start,
        field_end,
        rule_kind,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to
    from node_limits
    where coalesce(limit_unit, '') <> 'none'
)

select * from final
