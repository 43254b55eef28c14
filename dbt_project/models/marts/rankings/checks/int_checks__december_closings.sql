with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

years as (
    select
        calendar_year,
        max(period_month) as period_month
    from months
    group by calendar_year
    having max(month_of_year) = 12
),

final as (
    select
        'GC18' as check_code,
        cases.court_code,
        years.period_month,
        cast(null as {{ dbt.type_string() }}) as case_id,
        cast(null as {{ dbt.type_string() }}) as case_number,
        cast(sum(case when cases.closed_month = years.period_month then 1 else 0 end) as integer) as hit_count,
        cast(count(*) as integer) as trial_count,
        cast(null as {{ dbt.type_string() }}) as detail_zh,
        cast(null as {{ dbt.type_string() }}) as detail_en
    from years
    inner join cases
        on years.calendar_year = extract(year from cases.closed_month)
    where cases.case_type in ('执', '执恢')
    group by cases.court_code, years.period_month
)

select * from final
