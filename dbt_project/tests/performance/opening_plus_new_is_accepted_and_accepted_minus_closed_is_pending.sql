-- Court by court, month by month, in every scope and every set of case types.
with flows as (
    select
        court_code,
        scope_code,
        period_month,
        case_scope,
        sum(case when measure_code = 'opening_cases' then measure_value else 0 end) as opening_cases,
        sum(case when measure_code = 'new_cases' then measure_value else 0 end) as new_cases,
        sum(case when measure_code = 'moved_cases' then measure_value else 0 end) as moved_cases,
        sum(case when measure_code = 'accepted_cases' then measure_value else 0 end) as accepted_cases,
        sum(case when measure_code = 'closed_cases' then measure_value else 0 end) as closed_cases,
        sum(case when measure_code = 'pending_cases' then measure_value else 0 end) as pending_cases
    from {{ ref('fct_court_measures') }}
    where case_scope <> 'not_case_based'
    group by court_code, scope_code, period_month, case_scope
)

select *
from flows
where
    opening_cases + new_cases + moved_cases <> accepted_cases
    or accepted_cases - closed_cases <> pending_cases
