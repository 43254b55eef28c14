-- The ledger of the small world: items of fct_rectifications counted by window, aged, and tied to their indicator.
create temp table item_members as
select court_code, 'own' as scope_code, court_code as member_code from core.dim_courts
union all select p.court_code, 'jurisdiction', c.court_code from core.dim_courts as p join core.dim_courts as c on p.level = 'intermediate' and (c.court_code = p.court_code or c.parent_court_code = p.court_code)
union all select p.court_code, 'province', c.court_code from core.dim_courts as p, core.dim_courts as c where p.level = 'high';

create table rankings.rpt_rectification_rates as
with spans as (
  select e.period_month, last_day(e.period_month) as last_date, w.window_code, greatest(date '2018-01-01', cast(case w.window_code when 'month' then e.period_month when 'ytd' then date_trunc('year', e.period_month)
         when 'rolling_12m' then e.period_month - interval 11 month when 'rolling_36m' then e.period_month - interval 35 month else date_trunc('year', e.period_month + interval 1 month) - interval 1 month end as date)) as first_date
  from core.dim_months as e cross join core.dim_windows as w
)
select g.court_code, g.scope_code, s.window_code, s.period_month, r.problem_class, r.found_by, count(*) as ledger_count, count(*) filter (where r.found_date >= s.first_date) as found_count,
       count(*) filter (where r.written_off_date <= s.last_date) as written_off_count, count(*) filter (where r.due_date between s.first_date and s.last_date) as due_count,
       count(*) filter (where r.due_date between s.first_date and s.last_date and r.written_off_date <= r.due_date) as on_time_count,
       count(*) filter (where coalesce(r.written_off_date > s.last_date, true)) as open_count, count(*) filter (where coalesce(r.written_off_date > s.last_date, true) and r.due_date <= s.last_date) as overdue_count
from core.fct_rectifications as r join item_members as g on g.member_code = r.court_code join spans as s on r.found_date <= s.last_date and coalesce(r.written_off_date >= s.first_date, true)
group by 1, 2, 3, 4, 5, 6;

create table rankings.rpt_rectification_ageing as
with open_items as (
  select r.court_code, m.period_month, r.problem_class, r.found_by, date_diff('day', r.found_date, last_day(m.period_month)) as age, greatest(0, date_diff('day', r.due_date, last_day(m.period_month))) as late,
         r.due_date <= last_day(m.period_month) as is_overdue
  from core.fct_rectifications as r join core.dim_months as m on r.found_date <= last_day(m.period_month) and coalesce(r.written_off_date > last_day(m.period_month), true)
)
select court_code, period_month, problem_class, found_by, case when age <= 30 then 'up_to_30' when age <= 60 then '31_to_60' when age <= 90 then '61_to_90' when age <= 180 then '91_to_180' else 'over_180' end as age_band,
       count(*) as open_count, count(*) filter (where is_overdue) as overdue_count, cast(max(age) as integer) as oldest_age_days, cast(max(late) as integer) as longest_overdue_days
from open_items group by 1, 2, 3, 4, 5;

create table rankings.rpt_rectification_items as
select item_id, court_code, problem_class, found_by, found_date, found_month, due_date, written_off_date, 'open' as item_status, 'QX02' as indicator_code,
       0.40 as found_value, 'no_target' as found_status, 7 as found_rank, 0.45 as last_value, 'no_target' as last_status, 5 as last_rank, 0.05 as value_change
from core.fct_rectifications;

-- A streak that nobody answers, and one whose court has an open item for the indicator.
create table if not exists rankings.rpt_ranking_streaks (
  peer_group varchar, window_code varchar, period_month date, indicator_code varchar, court_code varchar, streak_code varchar, first_month date, month_count integer);
insert into rankings.rpt_ranking_streaks by name
select 'basic' as peer_group, w.window_code, date '2019-12-01' as period_month, s.indicator_code, s.court_code, 'bottom' as streak_code, date '2019-08-01' as first_month, 5 as month_count
from core.dim_windows as w cross join (values ('QX03', 'T13'), ('QX05', 'T14')) as s(indicator_code, court_code);

-- Open cases for which cross enforcement may be thought of: one debtor at two courts, and one undisposed property.
create table core.fct_cross_candidates as
select * from (values
  ('X1', '（2019）青0102执1号', 'T11', date '2019-02-01', '执', date '2018-05-02', 'same_debtor', 1, 12, 2, date '2018-05-02'),
  ('X2', '（2019）青0103执2号', 'T12', date '2019-02-01', '执', date '2018-06-02', 'same_debtor', 1, 12, 2, date '2018-05-02'),
  ('X3', '（2019）青0102执3号', 'T11', date '2019-02-01', '执', date '2018-03-02', 'undisposed_property', null, null, null, date '2018-04-02')
) as v(case_id, case_number, court_code, period_month, case_type, filed_date, reason_code, group_number, open_case_count, court_count, since_date);
