-- T13 stood under T20 by another name until 2018; T15 went into T11, whose figures as merged today are those of both.
update core.dim_court_periods set first_month = date '2019-01-01' where court_code = 'T13';
insert into core.dim_court_periods
select * replace (
  date '1900-01-01' as first_month, date '2018-12-01' as last_month, '平安新城人民法院' as name_zh, '新城院' as short_name_zh,
  'Xincheng People''s Court' as name_en, 'Xincheng' as short_name_en, 'T20' as parent_court_code, 'T20' as prefecture_code
) from core.dim_court_periods where court_code = 'T13';
insert into core.dim_court_scopes
select * replace ('own_now' as scope_code) from core.dim_court_scopes where court_code = 'T11' and scope_code = 'own'
union all
select * replace ('own_now' as scope_code, 'T15' as member_court_code)
from core.dim_court_scopes where court_code = 'T11' and scope_code = 'own';
insert into performance.fct_court_indicators
select * replace ('own_now' as scope_code, 2 * numerator as numerator, 2 * denominator as denominator)
from performance.fct_court_indicators where court_code = 'T11' and scope_code = 'own';
insert into rankings.rpt_indicator_trends
select * replace ('own_now' as scope_code, cast(null as varchar) as peer_group) from rankings.rpt_indicator_trends where court_code = 'T11' and scope_code = 'own';
