with suspensions as (
    select *
    from {{ ref('fct_suspensions') }}
    where case_type = '执'
),

court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

court_scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

months as (
    select distinct
        court_code,
        period_month
    from court_measures
    where scope_code = 'own' and measure_code = 'new_cases' and case_scope = 'first_enforcement'
),

cohorts as (
    select
        court_code,
        suspended_month as cohort_month,
        sum(suspension_one) as suspended_count
    from suspensions
    group by court_code, suspended_month
),

resumed as (
    select
        court_code,
        suspended_month as cohort_month,
        cast({{ dbt.date_trunc('month', 'resumed_date') }} as date) as period_month,
        count(*) as resumed_count
    from suspensions
    where resumed_date is not null
    group by court_code, suspended_month, {{ dbt.date_trunc('month', 'resumed_date') }}
),

satisfied as (
    select
        court_code,
        suspended_month as cohort_month,
        cast({{ dbt.date_trunc('month', 'satisfied_date') }} as date) as period_month,
        count(*) as satisfied_count
    from suspensions
    where satisfied_date is not null
    group by court_code, suspended_month, {{ dbt.date_trunc('month', 'satisfied_date') }}
),

grid as (
    select
        cohorts.court_code,
        cohorts.cohort_month,
        months.period_month,
        cohorts.suspended_count,
        coalesce(resumed.resumed_count, 0) as resumed_count,
        coalesce(satisfied.satisfied_count, 0) as satisfied_count
    from cohorts
    inner join months
        on
            cohorts.court_code = months.court_code
            and cohorts.cohort_month <= months.period_month
    left join resumed
        on
            cohorts.court_code = resumed.court_code
            and cohorts.cohort_month = resumed.cohort_month
            and months.period_month = resumed.period_month
    left join satisfied
        on
            cohorts.court_code = satisfied.court_code
            and cohorts.cohort_month = satisfied.cohort_month
            and months.period_month = satisfied.period_month
),

scoped as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        grid.cohort_month,
        grid.period_month,
        sum(grid.suspended_count) as suspended_count,
        sum(grid.resumed_count) as resumed_count,
        sum(grid.satisfied_count) as satisfied_count
    from grid
    inner join court_scopes
        on
            grid.court_code = court_scopes.member_court_code
            and grid.cohort_month >= court_scopes.member_from
            and grid.cohort_month <= court_scopes.member_to
    group by court_scopes.court_code, court_scopes.scope_code, grid.cohort_month, grid.period_month
),

cumulated as (
    select
        court_code,
        scope_code,
        cohort_month,
        period_month,
        suspended_count,
        sum(resumed_count) over to_date as resumed_count,
        sum(satisfied_count) over to_date as satisfied_count
    from scoped
    window to_date as (
        partition by court_code, scope_code, cohort_month
        order by period_month
        rows between unbounded preceding and current row
    )
),

final as (
    select
        court_code,
        scope_code,
        cohort_month,
        cast({{ dbt.datediff('cohort_month', 'period_month', 'month') }} as integer) as months_since,
        period_month,
        cast(suspended_count as bigint) as suspended_count,
        cast(resumed_count as bigint) as resumed_count,
        cast(satisfied_count as bigint) as satisfied_count,
        cast(resumed_count as double) / suspended_count as resumed_ratio,
        cast(satisfied_count as double) / suspended_count as satisfied_ratio
    from cumulated
)

select * from final
