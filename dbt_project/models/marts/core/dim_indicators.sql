with indicators as (
    select * from {{ ref('indicators') }}
),

last_months as (
    select max(period_month) as last_month
    from {{ ref('dim_months') }}
),

choices as (
    select
        *,
        lead(valid_from) over (partition by indicator_code order by valid_from) as next_from
    from {{ ref('definition_choices') }}
),

-- The reading in force gives the formula; everything else of the card stays the indicator's own.
chosen as (
    select
        indicators.*,
        readings.indicator_code as reading_code,
        indicators.definition_version
        || case
            when readings.indicator_code <> indicators.indicator_code then '-' || readings.indicator_code
            else ''
        end as reading_version,
        case when choices.valid_from > indicators.valid_from then choices.valid_from else indicators.valid_from end
            as reading_from,
        readings.case_scope as reading_case_scope,
        readings.numerator_measure as reading_numerator_measure,
        readings.denominator_measure as reading_denominator_measure,
        readings.count_measure as reading_count_measure,
        readings.denominator_kind as reading_denominator_kind,
        readings.numerator_scope as reading_numerator_scope,
        readings.denominator_scope as reading_denominator_scope,
        readings.count_scope as reading_count_scope,
        readings.formula_zh as reading_formula_zh,
        readings.formula_en as reading_formula_en,
        readings.numerator_zh as reading_numerator_zh,
        readings.numerator_en as reading_numerator_en,
        readings.denominator_zh as reading_denominator_zh,
        readings.denominator_en as reading_denominator_en
    from indicators
    left join choices
        on
            indicators.indicator_code = choices.indicator_code
            and (indicators.valid_to is null or indicators.valid_to >= choices.valid_from)
            and (choices.next_from is null or indicators.valid_from < choices.next_from)
    inner join indicators as readings
        on
            coalesce(choices.chosen_code, indicators.indicator_code) = readings.indicator_code
            and (
                indicators.indicator_code <> readings.indicator_code
                or indicators.definition_version = readings.definition_version
            )
),

-- A definition is listed once the data have reached it.
begun as (
    select chosen.*
    from chosen
    cross join last_months
    where coalesce(chosen.reading_from <= last_months.last_month, true)
),

dated as (
    select
        *,
        cast(lead(reading_from) over (
            partition by indicator_code
            order by reading_from
        ) as date) as superseded_from
    from begun
),

ending as (
    {{ falling_due('dated', 'superseded_from', 'computed_until', limit_code='SUPERSEDED', rolls=false) }}
),

final as (
    select
        indicator_code,
        reading_version as definition_version,
        name_zh,
        name_en,
        short_name_zh,
        short_name_en,
        domain,
        reading_case_scope as case_scope,
        reading_numerator_measure as numerator_measure,
        reading_denominator_measure as denominator_measure,
        reading_count_measure as count_measure,
        reading_denominator_kind as denominator_kind,
        direction,
        unit,
        cast(min_denominator as integer) as min_denominator,
        -- What one district or another province goes by is shown beside a value and judges nobody.
        cast(case when target_kind = 'standard' then target_value end as double) as target_value,
        cast(interval_low as double) as interval_low,
        cast(interval_high as double) as interval_high,
        target_source,
        cast(reading_from as date) as valid_from,
        cast(
            coalesce(valid_to, case when not is_kept then {{ dbt.dateadd('day', -1, 'computed_until') }} end) as date
        ) as valid_to,
        superseded_from,
        reading_formula_zh as formula_zh,
        reading_formula_en as formula_en,
        definition_zh,
        definition_en,
        reading_numerator_zh as numerator_zh,
        reading_numerator_en as numerator_en,
        reading_denominator_zh as denominator_zh,
        reading_denominator_en as denominator_en,
        window_rule_zh,
        window_rule_en,
        how_to_read_zh,
        how_to_read_en,
        how_to_improve_zh,
        how_to_improve_en,
        disputes_zh,
        disputes_en,
        source,
        confidence,
        cast(is_working_definition as boolean) as is_working_definition,
        cast(sort_order as integer) as sort_order,
        coalesce(reading_numerator_scope, reading_case_scope) as numerator_scope,
        case
            when reading_denominator_measure is not null then coalesce(reading_denominator_scope, reading_case_scope)
        end as denominator_scope,
        -- n is counted where the denominator is, unless the card says otherwise.
        coalesce(reading_count_scope, reading_denominator_scope, reading_case_scope) as count_scope,
        target_window,
        roll_up_zh,
        roll_up_en,
        as_of_rule_zh,
        as_of_rule_en,
        goal_zh,
        goal_en,
        variant_of,
        cast(case when target_kind = 'reference' then target_value end as double) as reference_value
    from ending
)

select * from final
