with person_counts as (
    select
        court_code,
        scope_code,
        person_count,
        extract(year from published_month) * 12 + extract(month from published_month) as month_number,
        extract(year from previous_published_month) * 12
        + extract(month from previous_published_month) as previous_month_number
    from {{ ref('int_distinct_defaulters') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

final as (
    select
        person_counts.court_code,
        person_counts.scope_code,
        windows.window_code,
        windows.period_month,
        cast(sum(person_counts.person_count) as decimal(24, 2)) as measure_value
    from person_counts
    inner join courts
        on person_counts.court_code = courts.court_code
    inner join windows
        on
            courts.province_code = windows.province_code
            and person_counts.month_number >= windows.start_month_number
            and person_counts.month_number <= windows.end_month_number
            and coalesce(person_counts.previous_month_number, 0) < windows.start_month_number
    group by
        person_counts.court_code, person_counts.scope_code,
        windows.window_code, windows.period_month
)

select * from final
