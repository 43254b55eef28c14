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

bands as (
    select
        band_code,
        from_days,
        lead(from_days) over (order by sort_order) as next_from_days
    from {{ ref('age_bands') }}
    where band_set = 'rectification_ageing'
),

banded as (
    select
        open_items.*,
        bands.band_code as age_band
    from open_items
    inner join bands
        on
            coalesce(open_items.age_days >= bands.from_days, true)
            and coalesce(open_items.age_days < bands.next_from_days, true)
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
