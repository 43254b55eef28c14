with closings_said as (
    select * from {{ source('published', 'closings') }}
),

final as (
    select
        sequence_number,
        snapshot_id,
        province_code,
        period_month,
        closed_because
    from closings_said
    where {{ is_known('period_month') }}
)

select * from final
