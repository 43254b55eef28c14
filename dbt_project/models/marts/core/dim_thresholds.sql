with thresholds as (
    select * from {{ ref('thresholds') }}
),

final as (
    select
        threshold_code,
        name_zh,
        name_en,
        cast(limit_value as double) as threshold_value,
        limit_unit as unit,
        words_zh,
        words_en,
        source,
        valid_from,
        valid_to
    from thresholds
)

select * from final
