{{ config(group = 'rankings') }}
-- Case by case, and with the engine's own median, for the last month of every window.
with last_windows as (
    select windows.*
    from {{ ref('int_windows') }} as windows
    inner join {{ ref('dim_months') }} as months
        on windows.period_month = months.period_month
    where months.is_last
),

cases as (
    select
        scopes.court_code,
        scopes.scope_code,
        last_windows.window_code,
        last_windows.period_month,
        count(*) as resumption_count,
        sum(resumptions.is_linked) as linked_count,
        percentile_cont(0.5) within group (order by resumptions.days_to_resumption) as median_days
    from {{ ref('fct_resumptions') }} as resumptions
    inner join {{ ref('dim_court_scopes') }} as scopes
        on
            resumptions.court_code = scopes.member_court_code
            and resumptions.filed_date >= scopes.member_from
            and resumptions.filed_month <= scopes.member_to
    inner join {{ ref('dim_courts') }} as courts
        on scopes.court_code = courts.court_code
    inner join last_windows
        on
            courts.province_code = last_windows.province_code
            and extract(year from resumptions.filed_date) * 12 + extract(month from resumptions.filed_date)
            between last_windows.start_month_number and last_windows.end_month_number
    group by scopes.court_code, scopes.scope_code, last_windows.window_code, last_windows.period_month
)

select
    cases.*,
    delays.median_days as published_days
from cases
left join {{ ref('rpt_resumption_delays') }} as delays
    on
        cases.court_code = delays.court_code
        and cases.scope_code = delays.scope_code
        and cases.window_code = delays.window_code
        and cases.period_month = delays.period_month
where
    cases.resumption_count <> coalesce(delays.resumption_count, 0)
    or cases.linked_count <> coalesce(delays.linked_count, 0)
    or abs(coalesce(cases.median_days, -1) - coalesce(delays.median_days, -1)) > 0.001
