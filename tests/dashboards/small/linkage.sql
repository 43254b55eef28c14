-- Answers of assisting units, written out: police slow and late, tax on time, banks without a due time; rounds and matters.
create table rankings.rpt_linkage_responses as
select c.court_code, m.period_month, v.unit_type, v.channel, v.matter, v.sent as sent_count, v.done as sent_done_count, 0 as sent_partly_done_count,
       v.nothing as sent_nothing_found_count, v.refused as sent_refused_count, v.due as due_count, v.on_time as on_time_count,
       v.undated + v.waiting + v.late7 + v.late90 as open_count, v.undated as undated_count, v.waiting as not_yet_due_count, v.late7 as overdue_to_7_count,
       0 as overdue_to_30_count, 0 as overdue_to_90_count, v.late90 as overdue_over_90_count
from core.dim_courts as c cross join core.dim_months as m cross join (values
  ('公安', '线下', '查人', 6, 1, 4, 1, 5, 2, 0, 1, 1, 2), ('税务', '点对点', '查询', 5, 3, 2, 0, 5, 5, 0, 1, 0, 0),
  ('银行', '总对总', '查询', 20, 8, 12, 0, 0, 0, 1, 0, 0, 0), ('边检', '线下', '限制出境', 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)
) as v(unit_type, channel, matter, sent, done, nothing, refused, due, on_time, undated, waiting, late7, late90)
where c.level = 'basic' or v.unit_type = '银行';

create table rankings.rpt_entrustment_responses as
select court_code, period_month, 4 as accepted_count, 3 as due_count, 2 as on_time_count, 3 as completed_count, 3 as open_count, 0 as undated_count,
       1 as not_yet_due_count, 1 as overdue_to_7_count, 0 as overdue_to_30_count, 1 as overdue_over_30_count
from core.dim_courts cross join core.dim_months where level = 'basic';

create table rankings.rpt_auction_rounds as
select court_code, period_month, round, held as held_count, sold as sold_count, held - sold as unsold_count, 0 as withdrawn_count, 0 as stayed_count,
       cast(sold * 100000 as decimal(24, 2)) as starting_amount, cast(sold * 120000 as decimal(24, 2)) as deal_amount
from core.dim_courts cross join core.dim_months cross join (values ('一拍', 4, 2), ('二拍', 2, 1), ('变卖', 1, 1)) as r(round, held, sold)
where level = 'basic';

create table rankings.rpt_linkage_activities as
select court_code, occurred_month as period_month, activity, cast(sum(activity_count) as bigint) as activity_count, cast(sum(person_count) as bigint) as person_count, sum(amount) as amount
from core.fct_linkage_activities group by 1, 2, 3;
