with scores as (
    select *
    from {{ ref('fct_court_scores') }}
    where rank is not null
),

court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

rank_intervals as (
    select distinct
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        band_count
    from {{ ref('fct_rank_intervals') }}
),

placed as (
    select
        scores.province_code,
        scores.peer_group,
        scores.window_code,
        scores.period_month,
        scores.indicator_code,
        case
            when
                indicators.unit = 'ratio' and indicators.direction = 'higher' and court_indicators.value >= 0.995
                then 1
            when
                indicators.unit = 'ratio' and indicators.direction = 'lower' and court_indicators.value <= 0.005
                then 1
            when indicators.direction = 'interval' and court_indicators.status = 'met' then 1
            else 0
        end as is_at_ceiling
    from scores
    inner join court_indicators
        on
            scores.court_code = court_indicators.court_code
            and scores.scope_code = court_indicators.scope_code
            and scores.window_code = court_indicators.window_code
            and scores.period_month = court_indicators.period_month
            and scores.indicator_code = court_indicators.indicator_code
            and scores.definition_version = court_indicators.definition_version
    inner join indicators
        on
            scores.indicator_code = indicators.indicator_code
            and scores.definition_version = indicators.definition_version
),

counted as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        count(*) as ranked_count,
        sum(is_at_ceiling) as ceiling_count
    from placed
    group by province_code, peer_group, window_code, period_month, indicator_code
),

final as (
    select
        counted.peer_group,
        counted.province_code,
        counted.window_code,
        counted.period_month,
        counted.indicator_code,
        cast(counted.ranked_count as integer) as ranked_count,
        cast(counted.ceiling_count as integer) as ceiling_count,
        cast(cast(counted.ceiling_count as double) / counted.ranked_count as double) as ceiling_ratio,
        counted.ranked_count >= 5 and counted.ceiling_count >= 0.8 * counted.ranked_count as is_saturated,
        rank_intervals.band_count,
        rank_intervals.band_count > 1 as is_separating
    from counted
    left join rank_intervals
        on
            counted.province_code = rank_intervals.province_code
            and counted.peer_group = rank_intervals.peer_group
            and counted.window_code = rank_intervals.window_code
            and counted.period_month = rank_intervals.period_month
            and counted.indicator_code = rank_intervals.indicator_code
)

select * from final
