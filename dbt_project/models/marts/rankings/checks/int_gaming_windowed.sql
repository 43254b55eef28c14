with counted as (
    select * from {{ ref('int_gaming_counted') }}
),

checks as (
    select *
    from {{ ref('gaming_checks') }}
    where is_checkable
),

spine as (
    select * from {{ ref('int_court_months') }}
),

running as (
    select
        spine.court_code,
        spine.period_month,
        spine.month_number,
        checks.check_code,
        sum(coalesce(counted.hit_count, 0)) over to_date as running_hits,
        sum(coalesce(counted.trial_count, 0)) over to_date as running_trials
    from spine
    cross join checks
    left join counted
        on
            spine.court_code = counted.court_code
            and spine.period_month = counted.period_month
            and checks.check_code = counted.check_code
    window to_date as (
        partition by spine.court_code, checks.check_code
        order by spine.period_month
        rows between unbounded preceding and current row
    )
),

years as (
    select 1 as years_ago
    union all
    select 2 as years_ago
    union all
    select 3 as years_ago
),

-- Stretches of months by how many months ago they end and how many months ago lies the month before they begin.
stretches as (
    select
        check_code,
        'window' as stretch,
        0 as ended_ago,
        window_months as begun_ago
    from checks
    union all
    select
        check_code,
        'base' as stretch,
        window_months as ended_ago,
        window_months + base_months as begun_ago
    from checks
    where base_rule = 'previous'
    union all
    select
        checks.check_code,
        'base' as stretch,
        12 * years.years_ago as ended_ago,
        12 * years.years_ago + checks.window_months as begun_ago
    from checks
    cross join years
    where checks.base_rule = 'same_season'
),

summed as (
    select
        now.court_code,
        now.period_month,
        now.check_code,
        stretches.stretch,
        sum(ends.running_hits - coalesce(openings.running_hits, 0)) as hits,
        sum(ends.running_trials - coalesce(openings.running_trials, 0)) as trials
    from running as now
    inner join stretches
        on now.check_code = stretches.check_code
    inner join running as ends
        on
            now.court_code = ends.court_code
            and now.check_code = ends.check_code
            and now.month_number = ends.month_number + stretches.ended_ago
    left join running as openings
        on
            now.court_code = openings.court_code
            and now.check_code = openings.check_code
            and now.month_number = openings.month_number + stretches.begun_ago
    group by now.court_code, now.period_month, now.check_code, stretches.stretch
),

final as (
    select
        check_code,
        court_code,
        period_month,
        cast(sum(case when stretch = 'window' then hits else 0 end) as bigint) as hit_count,
        cast(sum(case when stretch = 'window' then trials else 0 end) as bigint) as trial_count,
        cast(sum(case when stretch = 'base' then hits else 0 end) as bigint) as base_hit_count,
        cast(sum(case when stretch = 'base' then trials else 0 end) as bigint) as base_trial_count
    from summed
    group by check_code, court_code, period_month
    having sum(case when stretch = 'window' then trials else 0 end) > 0
)

select * from final
