with indicators as (
    select * from {{ ref('dim_indicators') }}
),

derived_indicators as (
    select * from {{ ref('derived_indicators') }}
),

measure_parts as (
    select * from {{ ref('measure_parts') }}
),

measure_columns as (
    select * from {{ ref('measure_columns') }}
),

asked as (
    select
        indicator_code,
        definition_version,
        numerator_measure as measure_code
    from indicators
    union
    select
        indicator_code,
        definition_version,
        denominator_measure as measure_code
    from indicators
    union
    select
        indicator_code,
        definition_version,
        count_measure as measure_code
    from indicators
),

-- A measure that is added up needs what its parts need.
read as (
    select
        indicator_code,
        definition_version,
        measure_code
    from asked
    union
    select
        asked.indicator_code,
        asked.definition_version,
        measure_parts.part_measure_code as measure_code
    from asked
    inner join measure_parts
        on asked.measure_code = measure_parts.measure_code
),

direct as (
    select distinct
        read.indicator_code,
        read.definition_version,
        measure_columns.kind,
        measure_columns.column_name
    from read
    inner join measure_columns
        on read.measure_code = measure_columns.measure_code
),

subtracted as (
    select
        indicators.indicator_code,
        indicators.definition_version,
        direct.kind,
        direct.column_name
    from derived_indicators
    inner join indicators
        on derived_indicators.indicator_code = indicators.indicator_code
    inner join direct
        on direct.indicator_code in (derived_indicators.minuend_code, derived_indicators.subtrahend_code)
),

final as (
    select
        indicator_code,
        definition_version,
        kind,
        column_name
    from direct
    union
    select
        indicator_code,
        definition_version,
        kind,
        column_name
    from subtracted
)

select * from final
