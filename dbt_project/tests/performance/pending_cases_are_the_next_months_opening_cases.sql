-- Court by court, from a month of its service to the next: whoever comes in brings its stock along. That wider scopes
-- are the sums of their courts is another test.
with stocks as (
    select
        court_code,
        case_scope,
        measure_code,
        period_month,
        measure_value,
        cast({{ dbt.dateadd('month', 1, 'period_month') }} as date) as next_month
    from {{ ref('fct_court_measures') }}
    where
        scope_code = 'own'
        and courts_in_service > 0
        and measure_code in ('opening_cases', 'pending_cases')
)

select
    pending.court_code,
    pending.case_scope,
    pending.period_month,
    pending.measure_value as pending_cases,
    opening.measure_value as opening_cases
from stocks as pending
inner join stocks as opening
    on
        pending.court_code = opening.court_code
        and pending.case_scope = opening.case_scope
        and pending.next_month = opening.period_month
where
    pending.measure_code = 'pending_cases'
    and opening.measure_code = 'opening_cases'
    and pending.measure_value <> opening.measure_value
