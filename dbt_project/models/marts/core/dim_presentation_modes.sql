with presentation_modes as (
    select * from {{ ref('presentation_modes') }}
),

final as (
    select
        mode_code,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        name_zh,
        name_en,
        notice_zh,
        notice_en,
        source
    from presentation_modes
)

select * from final
