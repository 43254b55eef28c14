with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

years as (
    select
        period_month,
        cast({{ dbt.dateadd('month', -11, 'period_month') }} as date) as first_month
    from months
    where month_of_year = 12
),

final as (
    select
        'GC17' as check_code,
        cases.court_code,
        years.period_month,
        cast(null as {{ dbt.type_string() }}) as case_id,
        cast(null as {{ dbt.type_string() }}) as case_number,
        cast(sum(case when cases.closed_month <= years.period_month then 1 else 0 end) as integer) as hit_count,
        cast(count(*) as integer) as trial_count,
        cast(null as {{ dbt.type_string() }}) as detail_zh,
        cast(null as {{ dbt.type_string() }}) as detail_en
    from years
    inner join cases
        on
            years.period_month >= cases.filed_month
            and years.first_month <= coalesce(cases.closed_month, years.period_month)
    where cases.case_type in ('执', '执恢')
    group by cases.court_code, years.period_month
)

select * from final
