with weights as (
    select * from {{ ref('indicator_weights') }}
),

final as (
    select
        indicator_code,
        cast(weight as double) as weight,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        cast(is_decided as boolean) as is_decided,
        source
    from weights
)

select * from final
