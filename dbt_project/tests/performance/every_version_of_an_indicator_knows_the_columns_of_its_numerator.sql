-- Where one version is not delivered for want of a column, another is not nought for want of it.
with listed as (
    select distinct measure_code
    from {{ ref('measure_columns') }}
),

versions as (
    select
        indicators.indicator_code,
        indicators.definition_version,
        indicators.numerator_measure,
        case when listed.measure_code is null then 0 else 1 end as is_listed
    from {{ ref('indicators') }} as indicators
    left join listed
        on indicators.numerator_measure = listed.measure_code
    where indicators.numerator_measure is not null
),

compared as (
    select
        *,
        max(is_listed) over (partition by indicator_code) as is_any_listed
    from versions
)

select *
from compared
where is_listed <> is_any_listed
