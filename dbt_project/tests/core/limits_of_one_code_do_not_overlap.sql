{{ config(group = 'records') }}
-- Named by a model or not: nodes take theirs by the code that is delivered.
select
    earlier.limit_code,
    earlier.valid_from,
    later.valid_from as later_from
from {{ ref('int_limits_known') }} as earlier
inner join {{ ref('int_limits_known') }} as later
    on
        earlier.limit_code = later.limit_code
        and coalesce(earlier.valid_from < later.valid_from, earlier.valid_from is null and later.valid_from is not null)
        and coalesce(earlier.valid_to >= later.valid_from, true)
