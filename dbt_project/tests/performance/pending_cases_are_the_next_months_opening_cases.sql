-- In every scope, from a month to the next: pending, less what leaves and with what comes in, is the next opening. Of a
-- scope that loses all its courts at once nothing is left to open with.
with stocks as (
    select
        court_code,
        scope_code,
        case_scope,
        measure_code,
        period_month,
        measure_value,
        entering_value,
        leaving_value,
        cast({{ dbt.dateadd('month', 1, 'period_month') }} as date) as next_month
    from {{ ref('fct_court_measures') }}
    where measure_code in ('opening_cases', 'pending_cases')
)

select
    pending.court_code,
    pending.scope_code,
    pending.case_scope,
    pending.period_month,
    pending.measure_value as pending_cases,
    pending.leaving_value,
    opening.entering_value,
    opening.measure_value as opening_cases
from stocks as pending
inner join stocks as opening
    on
        pending.court_code = opening.court_code
        and pending.scope_code = opening.scope_code
        and pending.case_scope = opening.case_scope
        and pending.next_month = opening.period_month
where
    pending.measure_code = 'pending_cases'
    and opening.measure_code = 'opening_cases'
    and pending.measure_value - pending.leaving_value + opening.entering_value <> opening.measure_value
