with working_days as (
    select * from {{ ref('working_days') }}
),

statutory_holidays as (
    select * from {{ ref('statutory_holidays') }}
),

digits as (
    select * from {{ ref('int_digits_listed') }}
),

announced as (
    select
        max(day) as last_day,
        (select max(day) from statutory_holidays) as last_reckoned_day
    from working_days
),

offsets as (
    select
        cast(
            tens_of_thousands.digit * 10000 + thousands.digit * 1000 + hundreds.digit * 100 + tens.digit * 10
            + ones.digit + 1 as integer
        ) as day_offset
    from digits as tens_of_thousands
    cross join digits as thousands
    cross join digits as hundreds
    cross join digits as tens
    cross join digits as ones
    where tens_of_thousands.digit < 2
),

reckoned as (
    select cast({{ dbt.dateadd('day', 'offsets.day_offset', 'announced.last_day') }} as date) as reckoned_day
    from announced
    cross join offsets
    where offsets.day_offset <= {{ dbt.datediff('announced.last_day', 'announced.last_reckoned_day', 'day') }}
),

-- The first of January 2024 was a Monday.
days as (
    select
        day,
        is_working_day,
        false as is_provisional
    from working_days
    union all
    select
        reckoned.reckoned_day,
        mod({{ dbt.datediff("cast('2024-01-01' as date)", 'reckoned.reckoned_day', 'day') }}, 7) < 5
        and statutory_holidays.day is null as is_working_day,
        true as is_provisional
    from reckoned
    left join statutory_holidays
        on reckoned.reckoned_day = statutory_holidays.day
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
