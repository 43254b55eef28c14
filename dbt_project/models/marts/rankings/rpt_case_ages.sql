with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

members as (
    select * from {{ ref('dim_case_scope_members') }}
),

court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

spine as (
    select distinct
        court_measures.court_code,
        court_measures.period_month,
        months.next_month
    from court_measures
    inner join months
        on court_measures.period_month = months.period_month
    where
        court_measures.scope_code = 'own' and court_measures.case_scope = 'implementation'
        and court_measures.measure_code = 'new_cases'
),

counted as (
    select cases.*
    from cases
    inner join members
        on cases.case_type = members.case_type
    where members.case_scope = 'implementation'
),

pending as (
    select
        spine.court_code,
        spine.period_month,
        'pending' as outcome_code,
        {{ dbt.datediff('counted.filed_month', 'spine.period_month', 'month') }} as age_months,
        {{ dbt.datediff('counted.filed_date', 'spine.next_month', 'day') }} - 1 as age_days,
        counted.case_one
    from spine
    inner join counted
        on
            spine.court_code = counted.court_code
            and spine.period_month >= counted.filed_month
            and spine.period_month < coalesce(counted.closed_month, spine.next_month)
),

closed as (
    select
        spine.court_code,
        spine.period_month,
        case
            when counted.closing_code in ('full_satisfaction', 'suspension', 'termination') then counted.closing_code
            else 'other_closure'
        end as outcome_code,
        {{ dbt.datediff('counted.filed_month', 'spine.period_month', 'month') }} as age_months,
        {{ dbt.datediff('counted.filed_date', 'counted.closed_date', 'day') }} as age_days,
        counted.case_one
    from spine
    inner join counted
        on
            spine.court_code = counted.court_code
            and spine.period_month = counted.closed_month
),

every as (
    select * from pending
    union all
    select * from closed
),

final as (
    select
        court_code,
        period_month,
        outcome_code,
        cast(age_months as integer) as age_months,
        cast(age_days as integer) as age_days,
        cast(sum(case_one) as bigint) as case_count
    from every
    group by court_code, period_month, outcome_code, age_months, age_days
)

select * from final
