-- How figures are shown and how settled they are: two modes, every month but the last closed, nothing restated.
create table core.dim_presentation_modes as select * from (values
  ('rank', date '2016-01-01', date '2024-09-30', '排名方式', 'Rank mode', '按当时的通报办法显示名次。', 'Shown with ranks.', 'synthetic'),
  ('interval', date '2024-10-01', cast(null as date), '区间方式', 'Interval mode', '只显示达标、偏高、偏低或数据不足，不排名次。', 'Shown by status, in no order.', 'synthetic')
) as m(mode_code,valid_from,valid_to,name_zh,name_en,notice_zh,notice_en,source);

create table core.dim_interval_statuses as select * from (values
  ('met','达标','Met','在合理区间或目标之内','Within the interval or target',1), ('above','偏高','Above','高于上限','Above the interval',2),
  ('below','偏低','Below','低于下限','Below the interval',3), ('no_target','未公布','Not published','没有公布过区间或目标','No interval or target was published',4),
  ('monitored','监测','Monitored','只作监测','Watched only',5), ('too_few','数据不足','Too few','件数太少','Too few cases',6),
  ('not_applicable','不适用','Not applicable','分母为零','The denominator is zero',7), ('not_delivered','未交付','Not delivered','有应交未交的数据','Data due were not delivered',8)
) as s(interval_status,name_zh,name_en,note_zh,note_en,sort_order);

create table performance.fct_month_closings as
select 'QH' as province_code, period_month, 1 as deliveries_expected, 0 as deliveries_missing,
       period_month < date '2019-12-01' as is_closed, case when period_month < date '2019-12-01' then 'complete' end as closed_because
from core.dim_months;
