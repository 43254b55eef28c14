with working_days as (
    select * from {{ ref('int_working_days_numbered') }}
),

final as (
    select
        min(day) as first_day,
        max(day) as last_day,
        count(*) as day_count,
        {{ dbt.datediff('min(day)', 'max(day)', 'day') }} + 1 as days_expected
    from working_days
)

select * from final
where
    day_count <> days_expected
    or first_day <> cast('2016-01-01' as date)
    or last_day < cast('2026-12-31' as date)
