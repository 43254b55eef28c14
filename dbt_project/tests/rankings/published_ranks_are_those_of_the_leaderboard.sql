select
    rankings.court_code,
    rankings.scope_code,
    rankings.window_code,
    rankings.period_month,
    rankings.indicator_code,
    rankings.rank,
    published.rank as published_rank
from {{ ref('rpt_court_rankings') }} as rankings
left join {{ ref('fct_published_values') }} as published
    on
        rankings.court_code = published.court_code
        and rankings.scope_code = published.scope_code
        and rankings.window_code = published.window_code
        and rankings.period_month = published.period_month
        and rankings.indicator_code = published.indicator_code
        and coalesce(rankings.definition_version, 'composite') = published.definition_version
where
    published.court_code is null
    or coalesce(rankings.rank, 0) <> coalesce(published.rank, 0)
    or rankings.ranked_count <> published.ranked_count
