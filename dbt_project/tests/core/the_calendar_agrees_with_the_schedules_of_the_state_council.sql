-- Days off and days worked in exchange, read from the yearly schedules of the State Council's general office.
{% set days_off = [
    '2016-02-08', '2017-01-27', '2018-10-07', '2018-12-31', '2019-05-02', '2020-01-31', '2021-05-05', '2023-10-06'
] %}
{% set days_worked = [
    '2016-02-06', '2017-05-27', '2018-04-08', '2019-05-05', '2019-10-12', '2021-02-20', '2022-04-02', '2024-02-04'
] %}

with working_days as (
    select * from {{ ref('int_working_days_numbered') }}
),

scheduled as (
    {% for day in days_off + days_worked %}
        select
            cast('{{ day }}' as date) as scheduled_day,
            {{ day in days_worked }} as is_working_day
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        scheduled.scheduled_day,
        scheduled.is_working_day,
        working_days.is_working_day as seeded
    from scheduled
    left join working_days
        on scheduled.scheduled_day = working_days.day
)

select * from final
where
    seeded is null
    or seeded <> is_working_day
