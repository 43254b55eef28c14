with baselines as (
    select
        *,
        standard_error * sqrt(dispersion) as spread
    from {{ ref('int_funnel_baselines') }}
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
            when abs(baselines.value - baselines.expected_value) > 3.090232 * baselines.spread then 'alarm'
            when abs(baselines.value - baselines.expected_value) > 1.959964 * baselines.spread then 'alert'
            else 'none'
        end as funnel_signal,
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
