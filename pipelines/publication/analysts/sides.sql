with sides as (
    select indicator_code, 'numerator' as side, numerator_measure as measure_code, numerator_scope as case_scope,
           valid_from, valid_to, superseded_from
    from core.dim_indicators
    union all
    select indicator_code, 'denominator', denominator_measure, denominator_scope, valid_from, valid_to, superseded_from
    from core.dim_indicators
)

select
    indicator_code,
    side,
    measure_code,
    case_scope,
    cast(date_trunc('month', valid_from) as date) as since,
    coalesce(superseded_from, cast(date_trunc('month', valid_to) + interval 1 month as date)) as until
from sides
where measure_code is not null and case_scope is not null
order by indicator_code, side, valid_from
