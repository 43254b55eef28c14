-- Ages of implementation cases, pending at the month's end and closed in the month.
create table rankings.rpt_case_ages as
select c.court_code, m.period_month, 'pending' as outcome_code, cast(date_diff('month', c.filed_month, m.period_month) as integer) as age_months,
       cast(date_diff('day', c.filed_date, last_day(m.period_month)) as integer) as age_days, count(*) as case_count
from core.fct_enforcement_cases as c join core.dim_months as m on c.filed_month <= m.period_month and (c.closed_month is null or c.closed_month > m.period_month)
group by all
union all
select court_code, closed_month, case when closing_mode = '执行完毕' then 'full_satisfaction' when closing_mode = '终结本次执行程序' then 'suspension' when closing_mode = '终结执行' then 'termination' else 'other_closure' end,
       cast(date_diff('month', filed_month, closed_month) as integer), cast(days_to_close as integer), count(*)
from core.fct_enforcement_cases where closed_month is not null group by all;
