select
    mode_code,
    valid_from,
    valid_to
from {{ ref('dim_presentation_modes') }}
where
    mode_code = 'rank'
    and coalesce(valid_to, cast('9999-12-31' as date)) >= cast('2024-10-08' as date)
