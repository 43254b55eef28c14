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
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        max(band_count) as band_count,
        max(case when place_code = 'anywhere' then 0 when place_code is not null then 1 end) as is_separating
    from {{ ref('fct_rank_intervals') }}
    group by province_code, peer_group, window_code, period_month, indicator_code
),

limited as (
    {{ beside_thresholds('court_indicators', 'period_month', ceiling='CEILING in ratio') }}
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
                indicators.unit = 'ratio' and indicators.direction = 'higher' and limited.value >= limited.ceiling
                then 1
            when
                indicators.unit = 'ratio' and indicators.direction = 'lower' and limited.value <= 1 - limited.ceiling
                then 1
            when indicators.direction = 'interval' and limited.status = 'met' then 1
            else 0
        end as is_at_ceiling
    from scores
    inner join limited
        on
            scores.court_code = limited.court_code
            and scores.scope_code = limited.scope_code
            and scores.window_code = limited.window_code
            and scores.period_month = limited.period_month
            and scores.indicator_code = limited.indicator_code
            and scores.definition_version = limited.definition_version
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

judged as (
    {{
        beside_thresholds(
            'counted', 'period_month', least_courts='SATURATED_COURTS in court', least_share='SATURATED_SHARE in ratio'
        )
    }}
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
        counted.ranked_count >= counted.least_courts
        and counted.ceiling_count >= counted.least_share * counted.ranked_count as is_saturated,
        rank_intervals.band_count,
        rank_intervals.is_separating = 1 as is_separating
    from judged as counted
    left join rank_intervals
        on
            counted.province_code = rank_intervals.province_code
            and counted.peer_group = rank_intervals.peer_group
            and counted.window_code = rank_intervals.window_code
            and counted.period_month = rank_intervals.period_month
            and counted.indicator_code = rank_intervals.indicator_code
)

select * from final
