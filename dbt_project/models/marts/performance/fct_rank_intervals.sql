with rank_intervals as (
    select * from {{ ref('int_rank_intervals') }}
),

ranking_inputs as (
    select * from {{ ref('int_ranking_inputs') }}
),

bounded as (
    select
        ranking_inputs.peer_group,
        ranking_inputs.province_code,
        ranking_inputs.window_code,
        ranking_inputs.period_month,
        ranking_inputs.indicator_code,
        ranking_inputs.court_code,
        cast(ranking_inputs.rank as integer) as rank,
        cast(rank_intervals.rank_low as integer) as rank_low,
        cast(rank_intervals.rank_high as integer) as rank_high,
        cast(rank_intervals.tie_band as integer) as tie_band,
        cast(max(rank_intervals.tie_band) over (
            partition by
                ranking_inputs.province_code, ranking_inputs.peer_group, ranking_inputs.window_code,
                ranking_inputs.period_month, ranking_inputs.indicator_code
        ) as integer) as band_count,
        cast(rank_intervals.set_low as integer) as set_low,
        cast(rank_intervals.set_high as integer) as set_high,
        cast(rank_intervals.end_count as integer) as end_count,
        count(*) over (
            partition by
                ranking_inputs.province_code, ranking_inputs.peer_group, ranking_inputs.window_code,
                ranking_inputs.period_month, ranking_inputs.indicator_code
        ) as ranked_count
    from ranking_inputs
    inner join rank_intervals
        on
            ranking_inputs.province_code = rank_intervals.province_code
            and ranking_inputs.peer_group = rank_intervals.peer_group
            and ranking_inputs.window_code = rank_intervals.window_code
            and ranking_inputs.period_month = cast(rank_intervals.period_month as date)
            and ranking_inputs.indicator_code = rank_intervals.indicator_code
            and ranking_inputs.court_code = rank_intervals.court_code
),

final as (
    select
        peer_group,
        province_code,
        window_code,
        period_month,
        indicator_code,
        court_code,
        rank,
        rank_low,
        rank_high,
        tie_band,
        band_count,
        set_low,
        set_high,
        end_count,
        case
            when set_low is null then null
            when set_high <= end_count then 'surely_first'
            when set_low > ranked_count - end_count then 'surely_last'
            when set_low <= end_count and set_high > ranked_count - end_count then 'anywhere'
            when set_low <= end_count then 'maybe_first'
            when set_high > ranked_count - end_count then 'maybe_last'
            else 'between'
        end as place_code
    from bounded
)

select * from final
