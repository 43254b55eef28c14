-- Funds by band and month, from the small world's receipts: paid on the due day or never, thirty days after receipt.
create table rankings.rpt_fund_ageing as
with ends as (select period_month, cast(period_month + interval 1 month - interval 1 day as date) as last_day from core.dim_months),
held as (
  select f.court_code, m.period_month, f.received_amount, date_diff('day', f.due_date, m.last_day) as overdue_days
  from core.fct_funds as f join ends as m on f.received_date <= m.last_day and (f.paid_on_time_amount = 0 or f.due_date > m.last_day)
)
select court_code, period_month,
       case when overdue_days > 90 then 'overdue_over_90' when overdue_days > 30 then 'overdue_to_90' when overdue_days > 0 then 'overdue_to_30'
            when overdue_days >= -7 then 'near_due' else 'new' end as age_band,
       count(*) as held_count, cast(sum(received_amount) as decimal(24, 2)) as held_amount, cast(max(received_amount) as decimal(24, 2)) as largest_amount
from held group by 1, 2, 3;

create table rankings.rpt_fund_movements as
with moves as (
  select court_code, received_month as period_month, received_amount as received, 0 as paid from core.fct_funds
  union all select court_code, due_month, 0, received_amount from core.fct_funds where paid_on_time_amount > 0 and due_month <= date '2019-12-01'
)
select court_code, period_month, count(*) filter (where received > 0) as received_count, cast(sum(received) as decimal(24, 2)) as received_amount,
       cast(max(received) as decimal(24, 2)) as largest_received_amount, count(*) filter (where paid > 0) as paid_count, cast(sum(paid) as decimal(24, 2)) as paid_amount,
       cast(0 as decimal(24, 2)) as paid_to_3_amount, cast(0 as decimal(24, 2)) as paid_to_10_amount, cast(sum(paid) as decimal(24, 2)) as paid_to_30_amount,
       cast(0 as decimal(24, 2)) as paid_over_30_amount
from moves group by 1, 2;

create table rankings.rpt_overdue_funds as
select f.fund_id, f.court_code, c.case_number, f.received_date, f.due_date, cast(date_trunc('month', f.due_date + 1) as date) as overdue_from_month, f.received_amount, f.received_amount as residual_amount
from core.fct_funds as f join core.fct_enforcement_cases as c on c.case_id = f.case_id where f.paid_on_time_amount = 0;
