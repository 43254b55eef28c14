select
    earlier.indicator_code,
    earlier.definition_version,
    later.definition_version as other_version
from {{ ref('dim_indicators') }} as earlier
inner join {{ ref('dim_indicators') }} as later
    on
        earlier.indicator_code = later.indicator_code
        and earlier.definition_version <> later.definition_version
        and earlier.valid_from <= later.valid_from
        and (earlier.valid_to is null or earlier.valid_to >= later.valid_from)
