with indicators as (
    select * from {{ ref('dim_indicators') }}
),

weights as (
    select * from {{ ref('indicator_weights') }}
),

matched as (
    select
        indicators.indicator_code,
        indicators.definition_version,
        indicators.direction,
        count(weights.indicator_code) as weight_count,
        max(weights.weight) as weight
    from indicators
    left join weights
        on
            indicators.indicator_code = weights.indicator_code
            and indicators.valid_from >= weights.valid_from
            and (weights.valid_to is null or indicators.valid_from <= weights.valid_to)
    group by indicators.indicator_code, indicators.definition_version, indicators.direction
)

select *
from matched
where
    weight_count <> 1
    or weight < 0
    or (direction = 'monitor' and weight <> 0)
