-- Value against rank of the last month, pair by pair: ties share a rank, and a rank counts the courts that are better.
with ranked as (
    select
        rankings.*,
        courts.province_code
    from {{ ref('rpt_court_rankings') }} as rankings
    inner join {{ ref('dim_courts') }} as courts
        on rankings.court_code = courts.court_code
    where
        rankings.rank is not null
        and rankings.direction in ('higher', 'lower')
),

last_months as (
    select
        province_code,
        max(period_month) as period_month
    from ranked
    group by province_code
),

recounted as (
    select
        ranked.peer_group,
        ranked.window_code,
        ranked.indicator_code,
        ranked.court_code,
        ranked.rank,
        1 + sum(
            case
                when ranked.direction = 'higher' and peers.value > ranked.value then 1
                when ranked.direction = 'lower' and peers.value < ranked.value then 1
                else 0
            end
        ) as recounted_rank
    from ranked
    inner join last_months
        on
            ranked.province_code = last_months.province_code
            and ranked.period_month = last_months.period_month
    inner join ranked as peers
        on
            ranked.province_code = peers.province_code
            and ranked.peer_group = peers.peer_group
            and ranked.window_code = peers.window_code
            and ranked.period_month = peers.period_month
            and ranked.indicator_code = peers.indicator_code
    group by
        ranked.peer_group, ranked.window_code, ranked.indicator_code, ranked.court_code, ranked.rank
)

select *
from recounted
where rank <> recounted_rank
