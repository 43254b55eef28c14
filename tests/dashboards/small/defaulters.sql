-- Listings and restrictions of every court and month, written out; persons from the small world's listings.
create table rankings.rpt_listing_stocks as
select court_code, period_month, '自然人' as party_kind, ground, 6 as listed_count, 1 as corrected_count, 4 as delisted_count, 5 as due_count, 4 as on_time_count,
       30 as listed_stock_count, 6 as undated_stock_count, 3 as expired_stock_count, 1 as overdue_to_7_count, 1 as overdue_to_30_count, 0 as overdue_over_30_count,
       2 as expiring_first_count, 1 as expiring_second_count, 4 as expiring_third_count, 7 as unrestricted_count
from core.dim_courts cross join core.dim_months cross join (values ('违反财产报告制度'), ('未注明')) as g(ground) where level <> 'high';

create table rankings.rpt_restriction_stocks as
select court_code, period_month, 9 as issued_count, 2 as lifted_count, 55 as restricted_stock_count
from core.dim_courts cross join core.dim_months where level <> 'high';

create table rankings.rpt_listed_persons as
select g.court_code, g.scope_code, w.window_code, w.period_month, count(distinct d.person_key) as person_count
from (select court_code, 'own' as scope_code, court_code as member_code from core.dim_courts
      union all select p.court_code, 'province', c.court_code from core.dim_courts as p, core.dim_courts as c where p.level = 'high') as g
join core.fct_defaulter_listings as d on d.court_code = g.member_code
join (values ('month', 0), ('rolling_12m', 11)) as v(window_code, months) on true
join (select v2.window_code, m.period_month from core.dim_months as m cross join (values ('month'), ('rolling_12m')) as v2(window_code)) as w
  on w.window_code = v.window_code and d.published_month <= w.period_month and d.published_month >= w.period_month - to_months(v.months)
group by 1, 2, 3, 4;

-- By hand and not as the pipeline does it: for every person and month, the last month before it in which they were listed.
create table rankings.rpt_listed_person_months as
with listed as (
  select distinct g.court_code, g.scope_code, d.person_key, d.published_month
  from (select court_code, 'own' as scope_code, court_code as member_code from core.dim_courts
        union all select p.court_code, 'province', c.court_code from core.dim_courts as p, core.dim_courts as c where p.level = 'high') as g
  join core.fct_defaulter_listings as d on d.court_code = g.member_code
)
select court_code, scope_code, period_month, previous_published_month, count(*) as person_count
from (select l.court_code, l.scope_code, l.published_month as period_month, (select max(b.published_month) from listed as b where b.court_code = l.court_code
        and b.scope_code = l.scope_code and b.person_key = l.person_key and b.published_month < l.published_month) as previous_published_month from listed as l)
group by 1, 2, 3, 4;
