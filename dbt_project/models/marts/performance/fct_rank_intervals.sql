with rank_intervals as (
    select * from {{ ref('int_rank_intervals') }}
),

ranking_inputs as (
    select * from {{ ref('int_ranking_inputs') }}
),

final as (
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
        ) as integer) as band_count
    from ranking_inputs
    inner join rank_intervals
        on
            ranking_inputs.province_code = rank_intervals.province_code
            and ranking_inputs.peer_group = rank_intervals.peer_group
            and ranking_inputs.window_code = rank_intervals.window_code
            and ranking_inputs.period_month = cast(rank_intervals.period_month as date)
            and ranking_inputs.indicator_code = rank_intervals.indicator_code
            and ranking_inputs.court_code = rank_intervals.court_code
)

select * from final
