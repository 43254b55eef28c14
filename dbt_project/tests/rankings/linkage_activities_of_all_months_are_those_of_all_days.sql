{{ config(group = 'rankings') }}
-- Straight from the days, month by month; what no day states is absent on both sides.
with daily as (
    select
        court_code,
        activity,
        extract(year from occurred_date) * 12 + extract(month from occurred_date) as month_number,
        sum(activity_count) as activity_count,
        sum(person_count) as person_count,
        sum(amount) as amount
    from {{ ref('fct_linkage_activities') }}
    group by
        court_code, activity, extract(year from occurred_date) * 12 + extract(month from occurred_date)
),

monthly as (
    select
        *,
        extract(year from period_month) * 12 + extract(month from period_month) as month_number
    from {{ ref('rpt_linkage_activities') }}
)

select
    coalesce(daily.court_code, monthly.court_code) as court_code,
    coalesce(daily.activity, monthly.activity) as activity,
    coalesce(daily.month_number, monthly.month_number) as month_number
from daily
full outer join monthly
    on
        daily.court_code = monthly.court_code
        and daily.activity = monthly.activity
        and daily.month_number = monthly.month_number
where
    coalesce(daily.activity_count, -1) <> coalesce(monthly.activity_count, -1)
    or coalesce(daily.person_count, -1) <> coalesce(monthly.person_count, -1)
    or coalesce(daily.amount, -1) <> coalesce(monthly.amount, -1)
