with limited as (
    {{ beside_thresholds(ref('int_funnel_baselines'), 'period_month', concentrated_from='CONCENTRATED in ratio') }}
),

measured as (
    select
        *,
        standard_error * sqrt(dispersion) as spread,
        coalesce(top_ten_share > concentrated_from, false) as is_concentrated,
        (value - expected_value) / (standard_error * sqrt(dispersion)) as distance,
        (value_without_largest - expected_value)
        / nullif(standard_error_without_largest * sqrt(dispersion), 0) as distance_without_largest
    from limited
),

-- One case is no performance: where ten records carry the sum, both distances have to say the same.
baselines as (
    select
        *,
        case
            when not is_concentrated then abs(distance)
            when distance_without_largest is null or distance * distance_without_largest <= 0 then 0
            else least(abs(distance), abs(distance_without_largest))
        end as agreed_distance
    from measured
),

indicators as (
    select distinct
        indicator_code,
        direction,
        denominator_kind
    from {{ ref('dim_indicators') }}
),

final as (
    select
        baselines.peer_group,
        baselines.window_code,
        baselines.period_month,
        baselines.indicator_code,
        baselines.court_code,
        baselines.case_count,
        baselines.value,
        cast(baselines.expected_value as double) as expected_value,
        cast(baselines.standard_error as double) as standard_error,
        cast(baselines.dispersion as double) as dispersion,
        cast(baselines.z_score / sqrt(baselines.dispersion) as double) as z_score,
        cast(
            case
                when baselines.expected_value < 1.959964 * baselines.spread then 0
                else baselines.expected_value - 1.959964 * baselines.spread
            end as double
        ) as alert_low,
        cast(
            case
                when
                    baselines.interval_method in ('proportion', 'amount_ratio')
                    and baselines.expected_value + 1.959964 * baselines.spread > 1
                    then 1
                else baselines.expected_value + 1.959964 * baselines.spread
            end as double
        ) as alert_high,
        cast(
            case
                when baselines.expected_value < 3.090232 * baselines.spread then 0
                else baselines.expected_value - 3.090232 * baselines.spread
            end as double
        ) as alarm_low,
        cast(
            case
                when
                    baselines.interval_method in ('proportion', 'amount_ratio')
                    and baselines.expected_value + 3.090232 * baselines.spread > 1
                    then 1
                else baselines.expected_value + 3.090232 * baselines.spread
            end as double
        ) as alarm_high,
        case
            when baselines.agreed_distance > 3.090232 then 'alarm'
            when baselines.agreed_distance > 1.959964 then 'alert'
            else 'none'
        end as funnel_signal,
        baselines.is_concentrated,
        cast(baselines.value_without_largest as double) as value_without_largest,
        cast(baselines.distance_without_largest as double) as z_without_largest,
        -- Beyond a limit with its largest record alone: there is nothing to be said but that.
        abs(baselines.distance) > 1.959964 and baselines.agreed_distance <= 1.959964 as is_largest_decisive,
        case
            when indicators.denominator_kind = 'none' then null
            when indicators.direction = 'higher' then baselines.value > baselines.expected_value
            when indicators.direction = 'lower' then baselines.value < baselines.expected_value
        end as is_favourable
    from baselines
    inner join indicators
        on baselines.indicator_code = indicators.indicator_code
)

select * from final
