{{ config(group = 'measurement') }}
-- Straight from the listings for the last month of every window: no running sum, no cube.
with windows as (
    select * from {{ ref('int_windows') }}
),

last_months as (
    select
        province_code,
        max(period_month) as period_month
    from windows
    group by province_code
),

listings as (
    select
        scopes.court_code,
        scopes.scope_code,
        courts.province_code,
        listings.person_key,
        extract(year from listings.published_month) * 12
        + extract(month from listings.published_month) as month_number
    from {{ ref('fct_defaulter_listings') }} as listings
    inner join {{ ref('int_court_months') }} as court_months
        on
            listings.court_code = court_months.court_code
            and listings.published_month = court_months.period_month
    inner join {{ ref('dim_court_scopes') }} as scopes
        on
            court_months.counting_court_code = scopes.member_court_code
            and court_months.period_month between scopes.member_from and scopes.member_to
    inner join {{ ref('dim_courts') }} as courts
        on scopes.court_code = courts.court_code
),

counted as (
    select
        listings.court_code,
        listings.scope_code,
        windows.window_code,
        windows.period_month,
        count(distinct listings.person_key) as person_count
    from listings
    inner join windows
        on
            listings.province_code = windows.province_code
            and listings.month_number between windows.start_month_number and windows.end_month_number
    inner join last_months
        on
            windows.province_code = last_months.province_code
            and windows.period_month = last_months.period_month
    group by listings.court_code, listings.scope_code, windows.window_code, windows.period_month
)

select
    counted.*,
    distinct_defaulters.measure_value
from counted
left join {{ ref('int_window_distinct_defaulters') }} as distinct_defaulters
    on
        counted.court_code = distinct_defaulters.court_code
        and counted.scope_code = distinct_defaulters.scope_code
        and counted.window_code = distinct_defaulters.window_code
        and counted.period_month = distinct_defaulters.period_month
where
    counted.person_count > 0
    and coalesce(distinct_defaulters.measure_value, -1) <> counted.person_count
