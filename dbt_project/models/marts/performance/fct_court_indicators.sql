with indicators as (
    select * from {{ ref('dim_indicators') }}
),

window_measures as (
    select * from {{ ref('int_window_measures') }}
),

derived_indicators as (
    select * from {{ ref('derived_indicators') }}
),

divided as (
    select
        numerators.court_code,
        numerators.scope_code,
        numerators.window_code,
        numerators.period_month,
        indicators.indicator_code,
        indicators.definition_version,
        coalesce(numerators.period_month < indicators.superseded_from, true) as is_in_force,
        indicators.direction,
        indicators.min_denominator,
        case
            when indicators.target_window is null or indicators.target_window = numerators.window_code
                then indicators.target_value
        end as target_value,
        indicators.interval_low,
        indicators.interval_high,
        numerators.measure_value as numerator,
        denominators.measure_value as denominator,
        cast(coalesce(counts.measure_value, numerators.measure_value) as bigint) as case_count,
        case
            when indicators.denominator_kind = 'none' then cast(numerators.measure_value as double)
            when denominators.measure_value <> 0
                then cast(numerators.measure_value as double) / cast(denominators.measure_value as double)
        end as value,
        numerators.months_in_window,
        numerators.months_expected,
        numerators.court_months_in_service,
        numerators.deliveries_expected,
        case
            when numerators.deliveries_missing >= coalesce(denominators.deliveries_missing, 0)
                then numerators.deliveries_missing
            else denominators.deliveries_missing
        end as deliveries_missing
    from indicators
    inner join window_measures as numerators
        on
            indicators.numerator_scope = numerators.case_scope
            and indicators.numerator_measure = numerators.measure_code
            and indicators.valid_from <= numerators.period_month
            and numerators.period_month <= coalesce(indicators.valid_to, numerators.period_month)
    left join window_measures as denominators
        on
            indicators.denominator_scope = denominators.case_scope
            and indicators.denominator_measure = denominators.measure_code
            and numerators.court_code = denominators.court_code
            and numerators.scope_code = denominators.scope_code
            and numerators.window_code = denominators.window_code
            and numerators.period_month = denominators.period_month
    left join window_measures as counts
        on
            indicators.count_scope = counts.case_scope
            and indicators.count_measure = counts.measure_code
            and numerators.court_code = counts.court_code
            and numerators.scope_code = counts.scope_code
            and numerators.window_code = counts.window_code
            and numerators.period_month = counts.period_month
    where
        indicators.denominator_kind = 'none'
        or (denominators.measure_value is not null and counts.measure_value is not null)
),

-- a/b − c/d as one fraction, so that a difference too is sums first and division last.
subtracted as (
    select
        minuends.court_code,
        minuends.scope_code,
        minuends.window_code,
        minuends.period_month,
        indicators.indicator_code,
        indicators.definition_version,
        coalesce(minuends.period_month < indicators.superseded_from, true) as is_in_force,
        indicators.direction,
        indicators.min_denominator,
        indicators.target_value,
        indicators.interval_low,
        indicators.interval_high,
        cast(
            minuends.numerator * subtrahends.denominator - subtrahends.numerator * minuends.denominator
            as decimal(24, 2)
        ) as numerator,
        cast(minuends.denominator * subtrahends.denominator as decimal(24, 2)) as denominator,
        least(minuends.case_count, subtrahends.case_count) as case_count,
        minuends.value - subtrahends.value as value,
        minuends.months_in_window,
        minuends.months_expected,
        minuends.court_months_in_service,
        minuends.deliveries_expected,
        case
            when minuends.deliveries_missing >= subtrahends.deliveries_missing then minuends.deliveries_missing
            else subtrahends.deliveries_missing
        end as deliveries_missing
    from derived_indicators
    inner join indicators
        on derived_indicators.indicator_code = indicators.indicator_code
    inner join divided as minuends
        on
            derived_indicators.minuend_code = minuends.indicator_code
            and minuends.is_in_force
            and indicators.valid_from <= minuends.period_month
            and minuends.period_month <= coalesce(indicators.valid_to, minuends.period_month)
    inner join divided as subtrahends
        on
            derived_indicators.subtrahend_code = subtrahends.indicator_code
            and subtrahends.is_in_force
            and minuends.court_code = subtrahends.court_code
            and minuends.scope_code = subtrahends.scope_code
            and minuends.window_code = subtrahends.window_code
            and minuends.period_month = subtrahends.period_month
),

in_force as (
    select * from divided
    union all
    select * from subtracted
),

judged as (
    select
        *,
        case
            when court_months_in_service = 0 then 'not_in_service'
            when deliveries_missing > 0 or deliveries_expected = 0 then 'not_delivered'
            when value is null then 'not_applicable'
            when case_count < min_denominator then 'too_few'
            when direction = 'monitor' then 'no_target'
            when value > interval_high then 'above'
            when value < interval_low and direction <> 'lower' then 'below'
            when coalesce(interval_low, interval_high) is not null then 'met'
            when target_value is null then 'no_target'
            when direction = 'lower' and value > target_value then 'above'
            when direction <> 'lower' and value < target_value then 'below'
            else 'met'
        end as status
    from in_force
),

final as (
    select
        judged.court_code,
        judged.scope_code,
        judged.window_code,
        judged.period_month,
        judged.indicator_code,
        judged.definition_version,
        judged.is_in_force,
        judged.numerator,
        judged.denominator,
        judged.value,
        judged.status,
        judged.case_count,
        judged.min_denominator,
        judged.months_in_window,
        judged.months_expected,
        judged.deliveries_expected,
        judged.deliveries_missing,
        -- Only what was counted in the same way is compared: between two definitions nothing rose or fell.
        previous_months.value as previous_value,
        judged.value - previous_months.value as value_change,
        previous_years.value as same_month_last_year_value
    from judged
    left join judged as previous_months
        on
            judged.court_code = previous_months.court_code
            and judged.scope_code = previous_months.scope_code
            and judged.window_code = previous_months.window_code
            and judged.indicator_code = previous_months.indicator_code
            and judged.definition_version = previous_months.definition_version
            and judged.period_month = cast({{ dbt.dateadd('month', 1, 'previous_months.period_month') }} as date)
    left join judged as previous_years
        on
            judged.court_code = previous_years.court_code
            and judged.scope_code = previous_years.scope_code
            and judged.window_code = previous_years.window_code
            and judged.indicator_code = previous_years.indicator_code
            and judged.definition_version = previous_years.definition_version
            and judged.period_month = cast({{ dbt.dateadd('month', 12, 'previous_years.period_month') }} as date)
)

select * from final
