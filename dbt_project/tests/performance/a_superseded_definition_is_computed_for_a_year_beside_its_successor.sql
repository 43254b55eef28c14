-- One that is expressly kept has no end.
-- Comparable for twelve months, then gone; a third version may only start when the first has ended.
select
    indicator_code,
    definition_version,
    valid_from,
    valid_to,
    superseded_from
from {{ ref('dim_indicators') }}
where
    valid_from <> cast({{ dbt.date_trunc('month', 'valid_from') }} as date)
    or (superseded_from is null and valid_to is not null and valid_to < valid_from)
    or (superseded_from = valid_from)
    or (
        superseded_from is not null
        and not (valid_to is null and indicator_code || definition_version in (
            select indicators.indicator_code || indicators.definition_version
            from {{ ref('indicators') }} as indicators
            where indicators.is_kept
        ))
        and (
            valid_to is null
            or valid_to <> cast(
                {{ dbt.dateadd('day', -1, dbt.dateadd('month', 12, 'superseded_from')) }} as date
            )
        )
    )
