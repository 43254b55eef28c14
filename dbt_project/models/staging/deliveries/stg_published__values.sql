with values_said as (
    select * from {{ source('published', 'values') }}
),

final as (
    select
        sequence_number,
        snapshot_id,
        province_code,
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version,
        numerator,
        denominator,
        value,
        status,
        rank,
        ranked_count,
        is_present
    from values_said
    where {{ is_known('period_month') }}
)

select * from final
