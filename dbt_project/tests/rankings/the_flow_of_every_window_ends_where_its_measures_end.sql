{{ config(group = 'rankings') }}
-- Opening and all flows of a lens add up to its closing stock, in every window, scope and case scope.
select
    court_code,
    scope_code,
    case_scope,
    window_code,
    period_month,
    lens,
    sum(flow_effect * case_count) as flowing_count,
    sum(case when flow_effect = 0 then case_count else 0 end) as remaining_count
from {{ ref('rpt_case_flows') }}
group by court_code, scope_code, case_scope, window_code, period_month, lens
having sum(flow_effect * case_count) <> sum(case when flow_effect = 0 then case_count else 0 end)
