-- From records to additive measures: court x month x case scope, then the jurisdiction and the province from sums.
create temp table entries as
with cases as (select c.*, s.case_scope from core.fct_enforcement_cases as c join core.dim_case_scope_members as s using (case_type)),
stocks as (select c.*, m.period_month from cases as c join core.dim_months as m on c.filed_month <= m.period_month and coalesce(c.closed_month, date '9999-01-01') >= m.period_month)
select court_code, case_scope, filed_month as period_month, 'new_cases' as measure_code, 1.0::double as v from cases
union all select court_code, case_scope, period_month, 'opening_cases', 1 from stocks where filed_month < period_month
union all select court_code, case_scope, period_month, 'pending_cases', 1 from stocks where coalesce(closed_month, date '9999-01-01') > period_month
union all select court_code, case_scope, period_month, 'accepted_cases', 1 from stocks
union all select court_code, case_scope, closed_month, measure_code, v from (
  unpivot (select court_code, case_scope, closed_month, is_closed::double as closed_cases, is_actual_closure::double as actual_closed_cases, is_suspension::double as suspended_cases,
    is_full_satisfaction::double as full_satisfaction_cases, is_termination::double as terminated_cases, days_to_close::double as close_days,
    claim_amount_judged::double as judged_claim_amount, recovered_amount_judged::double as judged_recovered_amount from cases where closed_month is not null)
  on closed_cases, actual_closed_cases, suspended_cases, full_satisfaction_cases, terminated_cases, close_days, judged_claim_amount, judged_recovered_amount into name measure_code value v)
union all select court_code, 'not_case_based', due_month, 'due_funds_amount', received_amount from core.fct_funds
union all select court_code, 'not_case_based', due_month, 'funds_paid_on_time_amount', paid_on_time_amount from core.fct_funds
union all select court_code, 'not_case_based', sent_month, 'flight_ban_requests', is_flight_ban from core.fct_linkage_requests
union all select court_code, 'not_case_based', sent_month, 'train_ban_requests', is_train_ban from core.fct_linkage_requests
union all select court_code, 'not_case_based', published_month, 'listed_defaulters', 1 from core.fct_defaulter_listings
union all select court_code, 'not_case_based', occurred_month, 'public_exposures', public_exposure_count from core.fct_linkage_activities
union all select court_code, 'not_case_based', occurred_month, 'judicial_aid_amount', judicial_aid_amount from core.fct_linkage_activities;

create temp table memberships as
select court_code, 'own' as scope_code, court_code as member_code from core.dim_courts
union all select p.court_code, 'jurisdiction', c.court_code from core.dim_courts as p join core.dim_courts as c on p.level = 'intermediate' and (c.court_code = p.court_code or c.parent_court_code = p.court_code)
union all select p.court_code, 'province', c.court_code from core.dim_courts as p, core.dim_courts as c where p.level = 'high';

create table performance.fct_court_measures as
with keys as (select distinct case_scope, measure_code from entries),
spine as (select g.court_code, g.scope_code, m.period_month, k.case_scope, k.measure_code from (select distinct court_code, scope_code from memberships) as g cross join core.dim_months as m cross join keys as k),
sums as (select g.court_code, g.scope_code, e.period_month, e.case_scope, e.measure_code, sum(e.v) as v from entries as e join memberships as g on g.member_code = e.court_code group by 1, 2, 3, 4, 5)
select s.court_code, s.scope_code, s.period_month, s.case_scope, s.measure_code, cast(coalesce(x.v, 0) as decimal(24,2)) as measure_value,
       not (s.court_code = 'T22' and s.scope_code = 'own' and s.period_month = date '2019-12-01') as is_delivered
from spine as s left join sums as x using (court_code, scope_code, period_month, case_scope, measure_code);
