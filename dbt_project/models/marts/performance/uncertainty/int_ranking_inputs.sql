with scores as (
    select * from {{ ref('fct_court_scores') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

interval_inputs as (
    select * from {{ ref('int_interval_inputs') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

composites as (
    select distinct
        province_code,
        peer_group,
        window_code,
        period_month,
        court_code,
        composite_value
    from scores
    where composite_status = 'no_target'
),

ranked_indicators as (
    select
        scores.province_code,
        scores.peer_group,
        scores.window_code,
        scores.period_month,
        scores.indicator_code,
        scores.court_code,
        scores.rank,
        scores.weight,
        indicators.direction,
        interval_inputs.interval_method,
        interval_inputs.draw_group,
        cast(indicators.interval_low as double) as interval_low,
        cast(indicators.interval_high as double) as interval_high,
        cast(interval_inputs.numerator as double) as y,
        cast(interval_inputs.denominator as double) as x,
        cast(interval_inputs.case_count as double) as n,
        cast(interval_inputs.numerator_square as double) as yy,
        cast(interval_inputs.denominator_square as double) as xx,
        cast(interval_inputs.product_sum as double) as xy
    from scores
    inner join interval_inputs
        on
            scores.court_code = interval_inputs.court_code
            and scores.scope_code = interval_inputs.scope_code
            and scores.window_code = interval_inputs.window_code
            and scores.period_month = interval_inputs.period_month
            and scores.indicator_code = interval_inputs.indicator_code
            and scores.definition_version = interval_inputs.definition_version
    inner join indicators
        on
            scores.indicator_code = indicators.indicator_code
            and scores.definition_version = indicators.definition_version
    where scores.rank is not null
),

ranked as (
    select * from ranked_indicators
    union all
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        'COMPOSITE' as indicator_code,
        court_code,
        cast(rank() over (
            partition by province_code, peer_group, window_code, period_month
            order by composite_value desc
        ) as integer) as rank,
        cast(null as double) as weight,
        'higher' as direction,
        cast(null as {{ dbt.type_string() }}) as interval_method,
        cast(null as {{ dbt.type_string() }}) as draw_group,
        cast(null as double) as interval_low,
        cast(null as double) as interval_high,
        cast(null as double) as y,
        cast(null as double) as x,
        cast(null as double) as n,
        cast(null as double) as yy,
        cast(null as double) as xx,
        cast(null as double) as xy
    from composites
),

final as (
    select
        ranked.*,
        cast(windows.start_month_number as integer) as start_month_number
    from ranked
    inner join windows
        on
            ranked.province_code = windows.province_code
            and ranked.window_code = windows.window_code
            and ranked.period_month = windows.period_month
)

select * from final
