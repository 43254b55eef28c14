-- Gaming checks of the small world: two that can be made, one flagged at one court, and one that cannot.
create table core.dim_gaming_checks as
select c.*, 3 as window_months, 8 as min_trials, '明显高于同类与本院以往' as threshold_zh, 'Clearly above peers and own past' as threshold_en
from (values
  ('GC01', '三个月内终本', 'Suspended within three months', '以终本提高执结率', 'Suspending to lift the closure rate', '立案未满三个月即终本', 'Suspended before three months', '命中÷终本', 'Hits ÷ suspensions', 'QX04', true, null, null, '申请人确实申请', 'Applicants asked', 1),
  ('GC16', '月末突击结案', 'Closing rush at month-end', '期末突击结案', 'Closing rush', '结案集中在月末十天', 'Closings in the last ten days', '命中÷结案', 'Hits ÷ closings', 'QX02', true, null, null, '集中执行行动', 'A campaign', 16),
  ('GC27', '每一债权人债务人的案件数', 'Cases per creditor and debtor', '拆分案件', 'Splitting cases', '同一对当事人多件', 'Several cases of one pair', null, null, null, false, '债权人不交付', 'Creditors are not delivered', '批量案件', 'Batches', 27)
) as c(check_code, name_zh, name_en, practice_zh, practice_en, shows_zh, shows_en, computed_zh, computed_en, indicator_code, is_checkable, not_checkable_zh, not_checkable_en, innocent_zh, innocent_en, sort_order);

create temp table looked as
select 'GC01' as check_code, court_code, closed_month as event_month, case_id, case_number, date_diff('day', filed_date, closed_date) < 90 as is_hit from core.fct_enforcement_cases where is_suspension = 1
union all select 'GC16', court_code, closed_month, case_id, case_number, day(closed_date) > 20 from core.fct_enforcement_cases where closed_date is not null;

create table rankings.rpt_gaming_checks as
with counted as (
  select l.check_code, l.court_code, m.period_month, count(*) as n, count(*) filter (where l.is_hit) as hit_count
  from looked as l join core.dim_months as m on l.event_month between m.period_month - interval 2 month and m.period_month group by 1, 2, 3
)
select check_code, court_code, period_month, hit_count / n as value, n, hit_count, lag(hit_count / n, 3) over (partition by check_code, court_code order by period_month) as own_base,
       median(hit_count / n) over (partition by check_code, period_month) as peer_median,
       case when check_code = 'GC01' and court_code = 'T13' and period_month >= date '2019-06-01' then 'alert' when check_code = 'GC16' and court_code = 'T11' and period_month = date '2019-12-01' then 'watch' else 'none' end as flag,
       case check_code when 'GC01' then 'QX04' else 'QX02' end as indicator_code, 'higher' as direction
from counted;

create table rankings.rpt_gaming_cases as
select r.check_code, r.court_code, r.period_month, r.flag, l.event_month, l.case_id, l.case_number, '命中' as detail_zh, 'Hit' as detail_en
from rankings.rpt_gaming_checks as r join looked as l on l.check_code = r.check_code and l.court_code = r.court_code and l.is_hit and l.event_month between r.period_month - interval 2 month and r.period_month
where r.flag <> 'none';
