with counted as (
    select
        courts.province_code,
        rankings.peer_group,
        rankings.window_code,
        rankings.period_month,
        rankings.indicator_code,
        min(rankings.ranked_count) as smallest_count,
        max(rankings.ranked_count) as largest_count,
        count(rankings.rank) as ranked_rows,
        min(rankings.rank) as best_rank
    from {{ ref('rpt_court_rankings') }} as rankings
    inner join {{ ref('dim_courts') }} as courts
        on rankings.court_code = courts.court_code
    group by
        courts.province_code, rankings.peer_group, rankings.window_code,
        rankings.period_month, rankings.indicator_code
)

select *
from counted
where
    smallest_count <> ranked_rows
    or largest_count <> ranked_rows
    or best_rank <> 1
