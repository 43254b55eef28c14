with measure_parts as (
    select * from {{ ref('measure_parts') }}
),

final as (
    select
        measure_code,
        part_measure_code
    from measure_parts
)

select * from final
