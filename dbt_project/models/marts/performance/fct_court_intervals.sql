with interval_inputs as (
    select * from {{ ref('int_interval_inputs') }}
),

value_intervals as (
    select * from {{ ref('int_value_intervals') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

bounded as (
    select
        interval_inputs.*,
        value_intervals.value_low,
        value_intervals.value_high,
        windows.start_month_number,
        windows.end_month_number,
        indicators.direction,
        coalesce(indicators.interval_low, indicators.target_value) as least_value,
        coalesce(indicators.interval_high, indicators.target_value) as most_value,
        cast(interval_inputs.largest_amount as double)
        / nullif(cast(interval_inputs.denominator as double), 0) as largest_share,
        cast(interval_inputs.numerator - interval_inputs.largest_counted_amount as double)
        / nullif(cast(interval_inputs.denominator - interval_inputs.largest_amount as double), 0)
            as value_without_largest,
        case
            when interval_inputs.status in ('met', 'above', 'below', 'no_target') then value_intervals.value_low
        end as judged_low,
        case
            when interval_inputs.status in ('met', 'above', 'below', 'no_target') then value_intervals.value_high
        end as judged_high
    from interval_inputs
    inner join value_intervals
        on
            interval_inputs.court_code = value_intervals.court_code
            and interval_inputs.scope_code = value_intervals.scope_code
            and interval_inputs.window_code = value_intervals.window_code
            and interval_inputs.period_month = value_intervals.period_month
            and interval_inputs.indicator_code = value_intervals.indicator_code
            and interval_inputs.definition_version = value_intervals.definition_version
    inner join indicators
        on
            interval_inputs.indicator_code = indicators.indicator_code
            and interval_inputs.definition_version = indicators.definition_version
    inner join courts
        on interval_inputs.court_code = courts.court_code
    inner join windows
        on
            courts.province_code = windows.province_code
            and interval_inputs.window_code = windows.window_code
            and interval_inputs.period_month = windows.period_month
),

paired as (
    select
        bounded.*,
        bounded.value - previous_months.value as difference,
        previous_months.top_ten_share as previous_top_ten_share,
        bounded.value_without_largest - previous_months.value_without_largest as difference_without_largest,
        bounded.value - bounded.judged_low as below_now,
        bounded.judged_high - bounded.value as above_now,
        previous_months.value - previous_months.judged_low as below_before,
        previous_months.judged_high - previous_months.value as above_before,
        case
            when
                bounded.start_month_number > previous_months.end_month_number
                or newest_months.case_count is null
                or bounded.case_count <= newest_months.case_count
                or previous_months.case_count <= 0
                then 0
            else least(
                1,
                (bounded.case_count - newest_months.case_count)
                / sqrt(cast(bounded.case_count as double) * cast(previous_months.case_count as double))
            )
        end as shared_correlation
    from bounded
    left join bounded as previous_months
        on
            bounded.court_code = previous_months.court_code
            and bounded.scope_code = previous_months.scope_code
            and bounded.window_code = previous_months.window_code
            and bounded.indicator_code = previous_months.indicator_code
            and bounded.definition_version = previous_months.definition_version
            and bounded.period_month = cast({{ dbt.dateadd('month', 1, 'previous_months.period_month') }} as date)
    left join bounded as newest_months
        on
            bounded.court_code = newest_months.court_code
            and bounded.scope_code = newest_months.scope_code
            and newest_months.window_code = 'month'
            and bounded.indicator_code = newest_months.indicator_code
            and bounded.definition_version = newest_months.definition_version
            and bounded.period_month = newest_months.period_month
),

squared as (
    select
        *,
        below_now * below_now + above_before * above_before
        - 2 * shared_correlation * below_now * above_before as squared_below,
        above_now * above_now + below_before * below_before
        - 2 * shared_correlation * above_now * below_before as squared_above
    from paired
),

changed as (
    select
        *,
        difference - sqrt(case when squared_below < 0 then 0 else squared_below end) as change_low,
        difference + sqrt(case when squared_above < 0 then 0 else squared_above end) as change_high
    from squared
),

limited as (
    {{ beside_thresholds('changed', 'period_month', concentrated_from='CONCENTRATED in ratio') }}
),

-- Of a target may not be said: a miss that the interval does not bear out, nor a side that one record decides.
doubted as (
    select
        *,
        case
            when status = 'below' and value_high >= least_value then 'interval'
            when status = 'above' and value_low <= most_value then 'interval'
            when status not in ('met', 'above', 'below') then null
            when not coalesce(top_ten_share > concentrated_from, false) then null
            when value_without_largest is null then 'largest_record'
            when status = 'above' and value_without_largest <= most_value then 'largest_record'
            when status = 'below' and value_without_largest >= least_value then 'largest_record'
            when status = 'met' and direction <> 'higher' and value_without_largest > most_value then 'largest_record'
            when status = 'met' and direction <> 'lower' and value_without_largest < least_value then 'largest_record'
        end as doubt_code
    from limited
),

-- Nor may a change be called one that is none, or goes the other way, without the largest record of either month.
swayed as (
    select
        *,
        case
            when
                not coalesce(top_ten_share > concentrated_from, false)
                and not coalesce(previous_top_ten_share > concentrated_from, false)
                then false
            when difference_without_largest is null then true
            else difference * difference_without_largest <= 0
        end as is_change_largest_decisive
    from doubted
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version,
        interval_method,
        value,
        cast(value_low as double) as value_low,
        cast(value_high as double) as value_high,
        cast(top_ten_share as double) as top_ten_share,
        top_ten_share > concentrated_from as is_concentrated,
        cast(largest_share as double) as largest_share,
        cast(value_without_largest as double) as value_without_largest,
        case when doubt_code is null then status else 'too_few' end as judged_status,
        doubt_code,
        cast(shared_correlation as double) as shared_correlation,
        cast(change_low as double) as change_low,
        cast(change_high as double) as change_high,
        case
            when change_low is null or change_high is null then null
            else (change_low > 0 or change_high < 0) and not is_change_largest_decisive
        end as is_change_significant
    from swayed
)

select * from final
