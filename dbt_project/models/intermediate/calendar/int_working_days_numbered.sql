with working_days as (
    select * from {{ ref('working_days') }}
),

statutory_holidays as (
    select * from {{ ref('statutory_holidays') }}
),

digits as (
    select * from {{ ref('int_digits_listed') }}
),

span as (
    select
        min(day) as first_day,
        coalesce((select max(day) from statutory_holidays), max(day)) as last_day
    from working_days
),

offsets as (
    select
        cast(
            tens_of_thousands.digit * 10000 + thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10
            + ones.digit as integer
        ) as day_offset
    from digits as tens_of_thousands
    cross join digits as thousands
    cross join digits as hundreds
    cross join digits as tens
    cross join digits as ones
    where tens_of_thousands.digit < 2
),

spanned as (
    select cast({{ dbt.dateadd('day', 'offsets.day_offset', 'span.first_day') }} as date) as spanned_day
    from span
    cross join offsets
    where offsets.day_offset <= {{ dbt.datediff('span.first_day', 'span.last_day', 'day') }}
),

-- The first of January 2024 was a Monday; no day of the calendar is two thousand weeks before it.
weekdays as (
    select
        spanned.spanned_day as day,
        extract(year from spanned.spanned_day) as calendar_year,
        mod({{ dbt.datediff("cast('2024-01-01' as date)", 'spanned.spanned_day', 'day') }} + 14000, 7) < 5
            as is_weekday,
        statutory_holidays.day is not null as is_statutory,
        working_days.is_working_day as said
    from spanned
    left join statutory_holidays
        on spanned.spanned_day = statutory_holidays.day
    left join working_days
        on spanned.spanned_day = working_days.day
),

-- A schedule of days off names every statutory day that is no Saturday or Sunday: a year without it has none yet.
unannounced as (
    select distinct calendar_year
    from weekdays
    where
        is_statutory
        and is_weekday
        and said is null
),

days as (
    select
        weekdays.day,
        coalesce(weekdays.said, weekdays.is_weekday and not weekdays.is_statutory) as is_working_day,
        unannounced.calendar_year is not null as is_provisional
    from weekdays
    left join unannounced
        on weekdays.calendar_year = unannounced.calendar_year
),

final as (
    select
        day,
        is_working_day,
        is_provisional,
        cast(
            sum(case when is_working_day then 1 else 0 end) over (
                order by day
                rows between unbounded preceding and current row
            ) as integer
        ) as working_day_number,
        min(case when is_working_day then day end) over (
            order by day
            rows between current row and unbounded following
        ) as next_working_day
    from days
)

select * from final
