with scores as (
    select *
    from {{ ref('fct_court_scores') }}
    where composite_status = 'no_target'
),

composites as (
    select distinct
        province_code,
        peer_group,
        window_code,
        period_month,
        court_code,
        composite_numerator,
        composite_denominator,
        composite_value
    from scores
),

base_ranks as (
    select
        *,
        rank() over (
            partition by province_code, peer_group, window_code, period_month
            order by composite_value desc
        ) as base_rank,
        count(*) over (
            partition by province_code, peer_group, window_code, period_month
        ) as ranked_count
    from composites
),

moves as (
    select distinct
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        weight,
        0.5 as factor
    from scores
    where weight > 0
    union all
    select distinct
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        weight,
        1.5 as factor
    from scores
    where weight > 0
),

moved as (
    select
        base_ranks.province_code,
        base_ranks.peer_group,
        base_ranks.window_code,
        base_ranks.period_month,
        base_ranks.court_code,
        moves.indicator_code,
        moves.factor,
        (
            base_ranks.composite_numerator
            + case
                when scores.points is null then 0
                else (moves.factor - 1) * moves.weight * scores.points
            end
        ) / nullif(
            base_ranks.composite_denominator
            + case when scores.points is null then 0 else (moves.factor - 1) * moves.weight end, 0
        ) as moved_value
    from base_ranks
    inner join moves
        on
            base_ranks.province_code = moves.province_code
            and base_ranks.peer_group = moves.peer_group
            and base_ranks.window_code = moves.window_code
            and base_ranks.period_month = moves.period_month
    left join scores
        on
            base_ranks.peer_group = scores.peer_group
            and base_ranks.window_code = scores.window_code
            and base_ranks.period_month = scores.period_month
            and base_ranks.court_code = scores.court_code
            and moves.indicator_code = scores.indicator_code
),

moved_ranks as (
    select
        *,
        rank() over (
            partition by province_code, peer_group, window_code, period_month, indicator_code, factor
            order by round(moved_value, 9) desc
        ) as moved_rank
    from moved
),

placed as (
    select
        moved_ranks.*,
        base_ranks.base_rank,
        row_number() over (
            partition by
                moved_ranks.province_code, moved_ranks.peer_group, moved_ranks.window_code,
                moved_ranks.period_month, moved_ranks.court_code
            order by
                abs(moved_ranks.moved_rank - base_ranks.base_rank) desc,
                moved_ranks.indicator_code asc, moved_ranks.factor asc
        ) as move_order
    from moved_ranks
    inner join base_ranks
        on
            moved_ranks.province_code = base_ranks.province_code
            and moved_ranks.peer_group = base_ranks.peer_group
            and moved_ranks.window_code = base_ranks.window_code
            and moved_ranks.period_month = base_ranks.period_month
            and moved_ranks.court_code = base_ranks.court_code
),

ranges as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        court_code,
        min(moved_rank) as lowest_rank,
        max(moved_rank) as highest_rank,
        max(
            case when move_order = 1 and moved_rank <> base_rank then indicator_code end
        ) as most_sensitive_indicator_code
    from placed
    group by province_code, peer_group, window_code, period_month, court_code
),

final as (
    select
        base_ranks.peer_group,
        base_ranks.window_code,
        base_ranks.period_month,
        base_ranks.court_code,
        cast(base_ranks.composite_value as double) as composite_value,
        cast(base_ranks.base_rank as integer) as rank,
        cast(base_ranks.ranked_count as integer) as ranked_count,
        cast(least(ranges.lowest_rank, base_ranks.base_rank) as integer) as weight_rank_low,
        cast(greatest(ranges.highest_rank, base_ranks.base_rank) as integer) as weight_rank_high,
        ranges.most_sensitive_indicator_code
    from base_ranks
    inner join ranges
        on
            base_ranks.province_code = ranges.province_code
            and base_ranks.peer_group = ranges.peer_group
            and base_ranks.window_code = ranges.window_code
            and base_ranks.period_month = ranges.period_month
            and base_ranks.court_code = ranges.court_code
)

select * from final
