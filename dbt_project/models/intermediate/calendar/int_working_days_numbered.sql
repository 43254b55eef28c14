with working_days as (
    select * from {{ ref('working_days') }}
),

final as (
    select
        day,
        is_working_day,
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
    from working_days
)

select * from final
