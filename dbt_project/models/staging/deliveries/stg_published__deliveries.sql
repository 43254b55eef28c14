with deliveries_said as (
    select * from {{ source('published', 'deliveries') }}
),

final as (
    select
        sequence_number,
        snapshot_id,
        delivery_id,
        court_code,
        kind,
        extract_month
    from deliveries_said
    where {{ is_known('extract_month') }}
)

select * from final
