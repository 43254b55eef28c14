with rectifications as (
    select * from {{ ref('fct_rectifications') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

open_items as (
    select
        rectifications.court_code,
        months.period_month,
        rectifications.problem_class,
        coalesce(rectifications.found_by, '未注明') as found_by,
        {{ dbt.datediff('rectifications.found_date', 'months.next_month', 'day') }} - 1 as age_days,
        case
            when rectifications.due_date < months.next_month
                then {{ dbt.datediff('rectifications.due_date', 'months.next_month', 'day') }} - 1
            else 0
        end as overdue_days,
        coalesce(rectifications.due_date < months.next_month, false) as is_overdue
    from rectifications
    inner join months
        on
            rectifications.found_date < months.next_month
            and (
                rectifications.written_off_date is null
                or rectifications.written_off_date >= months.next_month
            )
),

banded as (
    select
        *,
        case
            when age_days <= 30 then 'up_to_30'
            when age_days <= 60 then '31_to_60'
            when age_days <= 90 then '61_to_90'
            when age_days <= 180 then '91_to_180'
            else 'over_180'
        end as age_band
    from open_items
),

final as (
    select
        court_code,
        period_month,
        problem_class,
        found_by,
        age_band,
        cast(count(*) as bigint) as open_count,
        cast(sum(case when is_overdue then 1 else 0 end) as bigint) as overdue_count,
        cast(max(age_days) as integer) as oldest_age_days,
        cast(max(overdue_days) as integer) as longest_overdue_days
    from banded
    group by court_code, period_month, problem_class, found_by, age_band
)

select * from final
