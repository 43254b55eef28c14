{{ config(group = 'measurement') }}
-- Case by case: suspended by the month's end, and neither reactivated nor expired by then.
with counted as (
    select
        months.counting_court_code as court_code,
        months.period_month,
        members.case_scope,
        sum(suspensions.suspension_one) as inactive_count
    from {{ ref('int_court_months') }} as months
    inner join {{ ref('fct_suspensions') }} as suspensions
        on
            months.court_code = suspensions.court_code
            and months.period_month >= suspensions.suspended_month
            and months.period_month < coalesce(suspensions.reactivated_month, suspensions.expired_month)
    inner join {{ ref('dim_case_scope_members') }} as members
        on suspensions.case_type = members.case_type
    where months.counting_court_code is not null
    group by months.counting_court_code, months.period_month, members.case_scope
)

select
    measured.court_code,
    measured.period_month,
    measured.case_scope,
    measured.measure_value,
    counted.inactive_count
from {{ ref('fct_court_measures') }} as measured
left join counted
    on
        measured.court_code = counted.court_code
        and measured.period_month = counted.period_month
        and measured.case_scope = counted.case_scope
where
    measured.scope_code = 'own'
    and measured.courts_in_service > 0
    and measured.measure_code = 'inactive_pending_cases'
    and measured.measure_value <> coalesce(counted.inactive_count, 0)
