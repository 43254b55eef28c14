-- One cut-off for the stock and for SX21: a request that fell due by the end of the month is answered or overdue.
with requests as (
    select
        court_code,
        sent_month,
        due_month,
        cast({{ dbt.date_trunc('month', 'feedback_at') }} as date) as answered_month
    from {{ ref('fct_linkage_requests') }}
    where due_month is not null
),

reported as (
    select
        court_code,
        period_month,
        sum(overdue_to_7_count + overdue_to_30_count + overdue_to_90_count + overdue_over_90_count) as overdue_count
    from {{ ref('rpt_linkage_responses') }}
    group by court_code, period_month
),

months as (
    select * from {{ ref('dim_months') }}
),

counted as (
    select
        requests.court_code,
        months.period_month,
        count(*) as overdue_count
    from requests
    inner join months
        on
            requests.due_month <= months.period_month
            and requests.sent_month <= months.period_month
            and coalesce(requests.answered_month > months.period_month, true)
    group by requests.court_code, months.period_month
)

select
    coalesce(reported.court_code, counted.court_code) as court_code,
    coalesce(reported.period_month, counted.period_month) as period_month,
    reported.overdue_count as reported_count,
    counted.overdue_count as counted_count
from reported
full outer join counted
    on
        reported.court_code = counted.court_code
        and reported.period_month = counted.period_month
where coalesce(reported.overdue_count, 0) <> coalesce(counted.overdue_count, 0)
