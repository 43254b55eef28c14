-- Actual closure is every closing mode but suspension: in counts, before any division.
with closures as (
    select
        court_code,
        scope_code,
        period_month,
        case_scope,
        sum(case when measure_code = 'closed_cases' then measure_value else -measure_value end) as difference
    from {{ ref('fct_court_measures') }}
    where measure_code in ('closed_cases', 'actual_closed_cases', 'suspended_cases')
    group by court_code, scope_code, period_month, case_scope
)

select *
from closures
where difference <> 0
