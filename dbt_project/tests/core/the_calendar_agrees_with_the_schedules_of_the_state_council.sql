-- Days off and days worked in exchange, read from the yearly schedules of the State Council's general office.
with working_days as (
    select * from {{ ref('working_days') }}
),

scheduled as (
    select cast('2016-02-06' as date) as day, true as is_working_day
    union all
    select cast('2016-02-08' as date), false
    union all
    select cast('2017-01-27' as date), false
    union all
    select cast('2017-05-27' as date), true
    union all
    select cast('2018-04-08' as date), true
    union all
    select cast('2018-10-07' as date), false
    union all
    select cast('2018-12-31' as date), false
    union all
    select cast('2019-05-02' as date), false
    union all
    select cast('2019-05-05' as date), true
    union all
    select cast('2019-10-12' as date), true
    union all
    select cast('2020-01-31' as date), false
    union all
    select cast('2021-02-20' as date), true
    union all
    select cast('2024-02-04' as date), true
),

final as (
    select
        scheduled.day,
        scheduled.is_working_day,
        working_days.is_working_day as seeded
    from scheduled
    left join working_days
        on scheduled.day = working_days.day
)

select * from final
where
    seeded is null
    or seeded <> is_working_day
