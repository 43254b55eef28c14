-- Suspensions of the small world: verdicts, thirteen checks, re-checks, resumptions and both lenses.
create table core.dim_suspension_checks as
select 'SC' || lpad(cast(n as varchar), 2, '0') as check_id, '核查项' || n as name_zh, 'Check ' || n as name_en, '法〔2016〕373号' as legal_basis,
       case when n in (4, 11) then 'none' else 'full' end as coverage, '条件' || n as condition_zh, 'Condition ' || n as condition_en,
       '执行案件' as carried_zh, 'cases' as carried_en, cast(n as integer) as sort_order
from generate_series(0, 12) as s(n);

create temp table suspended as
select case_id, case_number, court_code, case_type, closed_date as suspended_date, closed_month as suspended_month,
       case when u(case_id, 'back', '') < 0.35 then closed_date + cast(20 + 300 * u(case_id, 'lag', '') as integer) end as resumed_draw
from core.fct_enforcement_cases where is_suspension = 1;

create table core.fct_suspension_checks as
select s.case_id, d.check_id, s.court_code, s.case_type, s.suspended_month,
       case when d.coverage = 'none' then 'not_checkable' when u(s.case_id, d.check_id, 'r') < 0.04 then 'fail' when u(s.case_id, d.check_id, 'r') < 0.07 then 'not_checkable' else 'pass' end as result
from suspended as s cross join core.dim_suspension_checks as d;
alter table core.fct_suspension_checks add column reason_zh varchar;
alter table core.fct_suspension_checks add column reason_en varchar;
update core.fct_suspension_checks set reason_zh = '理由' || result, reason_en = 'because ' || result;

create table core.fct_suspensions as
with counted as (
  select case_id, count(*) filter (where result = 'pass') as passed_count, count(*) filter (where result = 'fail') as failed_count,
         count(*) filter (where result = 'not_checkable') as not_checkable_count
  from core.fct_suspension_checks group by case_id
), judged as (
  select s.*, c.passed_count, c.failed_count, c.not_checkable_count, case when s.resumed_draw < date '2020-01-01' then s.resumed_draw end as resumed_date,
         case when u(s.case_id, 'bare', '') < 0.02 then 'not_checkable' when c.failed_count > 0 then 'not_compliant' else 'compliant' end as verdict,
         case when u(s.case_id, 'said', '') < 0.9 then 1 when u(s.case_id, 'said', '') < 0.97 then 0 end as is_compliant_source
  from suspended as s join counted as c using (case_id)
)
select case_id, case_number, court_code, case_type, case_id as root_case_id, suspended_date, cast(suspended_date + interval 5 year as date) as expiry_date, resumed_date, suspended_month,
       cast(date_trunc('month', resumed_date) as date) as reactivated_month, 1 as suspension_one, verdict, passed_count, failed_count, not_checkable_count, is_compliant_source,
       case when verdict = 'not_checkable' then 'not_checkable' when is_compliant_source is null then 'source_silent' when is_compliant_source = cast(verdict = 'compliant' as integer) then 'agree'
            when is_compliant_source = 1 then 'source_compliant_only' else 'computed_compliant_only' end as difference_code
from judged;

create table rankings.rpt_suspension_compliance as
select court_code, suspended_month as period_month, check_id, count(*) filter (where result = 'pass') as passed_count, count(*) filter (where result = 'fail') as failed_count,
       count(*) filter (where result = 'not_checkable') as not_checkable_count
from core.fct_suspension_checks group by 1, 2, 3;

create table rankings.rpt_suspension_verdicts as
select court_code, suspended_month as period_month, count(*) as suspended_count, count(*) filter (where verdict = 'compliant') as compliant_count,
       count(*) filter (where verdict = 'not_compliant') as not_compliant_count, count(*) filter (where verdict = 'not_checkable') as not_checkable_count,
       count(*) filter (where is_compliant_source = 1) as source_compliant_count, count(is_compliant_source) as source_stated_count, count(*) filter (where difference_code = 'agree') as agree_count,
       count(*) filter (where difference_code = 'source_compliant_only') as source_compliant_only_count, count(*) filter (where difference_code = 'computed_compliant_only') as computed_compliant_only_count,
       count(*) filter (where difference_code = 'source_silent') as source_silent_count, count(*) filter (where difference_code = 'not_checkable') as not_compared_count
from core.fct_suspensions group by 1, 2;

create table rankings.rpt_suspension_failures as
select c.case_id, c.check_id, c.court_code, c.suspended_month as period_month, s.case_number, s.suspended_date, c.reason_zh, c.reason_en, s.is_compliant_source
from core.fct_suspension_checks as c join core.fct_suspensions as s using (case_id) where c.result = 'fail';

create table rankings.rpt_suspension_differences as
select s.case_id, coalesce(c.check_id, 'none') as check_id, s.case_number, s.court_code, s.suspended_month, s.difference_code, s.verdict, s.is_compliant_source, '说明' as detail_zh, 'Detail' as detail_en
from core.fct_suspensions as s left join core.fct_suspension_checks as c on c.case_id = s.case_id and c.result = 'fail' and s.verdict = 'not_compliant'
where s.difference_code in ('source_compliant_only', 'computed_compliant_only');

create table core.fct_suspension_rechecks as
select s.case_id, cast(n as integer) as duty_number, s.court_code, s.case_type, s.suspended_date, cast(s.suspended_date + to_months(cast(6 * n as integer)) as date) as due_date,
       case when due_date >= date '2020-01-01' then 'not_yet_due' when u(s.case_id, cast(n as varchar), 'd') < 0.6 then 'on_time' when u(s.case_id, cast(n as varchar), 'd') < 0.75 then 'late' else 'missed' end as recheck_status,
       cast(date_trunc('month', due_date) as date) as due_month, cast(due_date < date '2020-01-01' as integer) as is_due_recheck
from core.fct_suspensions as s cross join generate_series(1, 4) as d(n) where coalesce(s.resumed_date, date '9999-01-01') > s.suspended_date + to_months(cast(6 * n as integer));

create table rankings.rpt_recheck_duties as
select court_code, due_month as period_month, count(*) as due_count, count(*) filter (where recheck_status = 'on_time') as on_time_count,
       count(*) filter (where recheck_status = 'late') as late_count, count(*) filter (where recheck_status = 'missed') as missed_count
from core.fct_suspension_rechecks where is_due_recheck = 1 group by 1, 2;

create table rankings.rpt_missed_rechecks as
select r.case_id, r.duty_number, r.court_code, r.due_month as period_month, s.case_number, s.suspended_date, r.due_date
from core.fct_suspension_rechecks as r join core.fct_suspensions as s using (case_id) where r.recheck_status = 'missed';

create table core.fct_resumptions as
select case_id, case_number, court_code, filed_date, filed_month, '（2018）青' as original_case_number, case when u(case_id, 'link', 'r') < 0.9 then 'linked' else 'not_found' end as link_status,
       case when link_status = 'linked' then cast(30 + 200 * u(case_id, 'gap', '') as integer) end as days_to_resumption, 1 as resumption_one, cast(link_status = 'linked' as integer) as is_linked
from core.fct_enforcement_cases where case_type = '执恢';
create table rankings.rpt_unlinked_resumptions as
select case_id, case_number, court_code, filed_month as period_month, original_case_number, link_status, '查无此案' as detail_zh, 'No such case' as detail_en from core.fct_resumptions where is_linked = 0;

create temp table suspension_members as
select court_code, 'own' as scope_code, court_code as member_code from core.dim_courts
union all select p.court_code, 'jurisdiction', c.court_code from core.dim_courts as p join core.dim_courts as c on p.level = 'intermediate' and (c.court_code = p.court_code or c.parent_court_code = p.court_code)
union all select p.court_code, 'province', c.court_code from core.dim_courts as p, core.dim_courts as c where p.level = 'high';

create table rankings.rpt_resumption_cohorts as
select g.court_code, g.scope_code, s.suspended_month as cohort_month, cast(date_diff('month', s.suspended_month, m.period_month) as integer) as months_since, m.period_month,
       count(*) as suspended_count, count(*) filter (where s.reactivated_month <= m.period_month) as resumed_count, count(*) filter (where s.reactivated_month < m.period_month - interval 3 month) as satisfied_count,
       resumed_count / suspended_count as resumed_ratio, satisfied_count / suspended_count as satisfied_ratio
from core.fct_suspensions as s join suspension_members as g on g.member_code = s.court_code join core.dim_months as m on m.period_month >= s.suspended_month
where s.case_type = '执' group by g.court_code, g.scope_code, s.suspended_month, m.period_month;

create temp table suspension_spans as
select e.period_month, w.window_code, greatest(date '2018-01-01', cast(case w.window_code when 'month' then e.period_month when 'ytd' then date_trunc('year', e.period_month)
       when 'rolling_12m' then e.period_month - interval 11 month when 'rolling_36m' then e.period_month - interval 35 month else date_trunc('year', e.period_month + interval 1 month) - interval 1 month end as date)) as first_month
from core.dim_months as e cross join core.dim_windows as w;

create table rankings.rpt_resumption_delays as
select g.court_code, g.scope_code, w.window_code, w.period_month, count(*) as resumption_count, count(*) filter (where is_linked = 1) as linked_count, median(days_to_resumption) as median_days
from core.fct_resumptions as r join suspension_members as g on g.member_code = r.court_code join suspension_spans as w on r.filed_month between w.first_month and w.period_month
group by 1, 2, 3, 4;

create table rankings.rpt_case_flows as
with cases as (
  select g.court_code, g.scope_code, m.case_scope, c.filed_month, coalesce(c.closed_month, date '9999-01-01') as closed_month, c.closing_mode, s.reactivated_month, c.is_suspension
  from core.fct_enforcement_cases as c join core.dim_case_scope_members as m using (case_type) join suspension_members as g on g.member_code = c.court_code left join core.fct_suspensions as s using (case_id)
  where m.case_scope <> 'all_enforcement'
), counted as (
  select c.court_code, c.scope_code, c.case_scope, w.window_code, w.period_month,
         count(*) filter (where filed_month < first_month and closed_month >= first_month) as opening, count(*) filter (where filed_month between first_month and w.period_month) as new,
         count(*) filter (where closed_month between first_month and w.period_month and closing_mode = '执行完毕') as full_satisfaction,
         count(*) filter (where closed_month between first_month and w.period_month and closing_mode = '终结执行') as termination,
         count(*) filter (where closed_month between first_month and w.period_month and closing_mode = '驳回申请') as other_closure,
         count(*) filter (where closed_month between first_month and w.period_month and is_suspension = 1) as suspension,
         count(*) filter (where filed_month <= w.period_month and closed_month > w.period_month) as pending,
         count(*) filter (where is_suspension = 1 and closed_month < first_month and coalesce(reactivated_month, date '9999-01-01') >= first_month) as inactive_opening,
         count(*) filter (where is_suspension = 1 and closed_month between first_month and w.period_month) as placed_inactive,
         count(*) filter (where is_suspension = 1 and reactivated_month between first_month and w.period_month) as reactivated, 0 as expired,
         count(*) filter (where is_suspension = 1 and closed_month <= w.period_month and coalesce(reactivated_month, date '9999-01-01') > w.period_month) as inactive_pending
  from cases as c cross join suspension_spans as w group by 1, 2, 3, 4, 5
)
select court_code, scope_code, case_scope, window_code, period_month, stage_code, 'active' as lens, 0 as flow_effect, n as case_count,
       cast(list_position(['opening','new','full_satisfaction','termination','other_closure','suspension','pending','inactive_opening','placed_inactive','reactivated','expired','inactive_pending'], stage_code) as integer) as sort_order
from (unpivot counted on opening, new, full_satisfaction, termination, other_closure, suspension, pending, inactive_opening, placed_inactive, reactivated, expired, inactive_pending into name stage_code value n);
