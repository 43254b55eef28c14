{{ config(group = 'measurement') }}
-- Every court, scope and month: opening + placed − reactivated − expired = pending, which, less what leaves and with
-- what comes in, is the next opening.
with wide as (
    select
        court_code,
        scope_code,
        period_month,
        case_scope,
        sum(case when measure_code = 'inactive_opening_cases' then entering_value else 0 end) as entering_value,
        sum(case when measure_code = 'inactive_pending_cases' then leaving_value else 0 end) as leaving_value,
        sum(case when measure_code = 'inactive_opening_cases' then measure_value else 0 end) as opening_value,
        sum(case when measure_code = 'placed_inactive_cases' then measure_value else 0 end) as placed_value,
        sum(case when measure_code = 'suspended_cases' then measure_value else 0 end) as suspended_value,
        sum(case when measure_code = 'reactivated_cases' then measure_value else 0 end) as reactivated_value,
        sum(case when measure_code = 'expired_inactive_cases' then measure_value else 0 end) as expired_value,
        sum(case when measure_code = 'inactive_pending_cases' then measure_value else 0 end) as inactive_value,
        sum(case when measure_code = 'pending_cases' then measure_value else 0 end) as pending_value,
        sum(case when measure_code = 'active_pending_cases' then measure_value else 0 end) as active_value,
        sum(case when measure_code = 'outstanding_cases' then measure_value else 0 end) as outstanding_value
    from {{ ref('fct_court_measures') }}
    where case_scope in ('first_enforcement', 'resumed_enforcement', 'implementation')
    group by court_code, scope_code, period_month, case_scope
),

chained as (
    select
        *,
        lag(inactive_value - leaving_value) over months as former_value
    from wide
    window months as (partition by court_code, scope_code, case_scope order by period_month)
)

select *
from chained
where
    opening_value + placed_value - reactivated_value - expired_value <> inactive_value
    or opening_value <> former_value + entering_value
    or placed_value <> suspended_value
    or active_value <> pending_value
    or outstanding_value <> pending_value + inactive_value
