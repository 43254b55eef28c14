-- A core indicator whose threshold is set for a window of its own.
alter table core.dim_indicator_sets add column if not exists target_value double;
alter table core.dim_indicator_sets add column if not exists target_window varchar;
alter table core.dim_indicator_sets add column if not exists valid_to date;
insert into core.dim_indicator_sets by name
select 'CORE3P1' as set_code, 'core' as set_role, '三加一' as set_name_zh, '3+1' as set_name_en, 2 as item_number, indicator_code, name_zh, name_en, 0.8 as target_value,
       'rolling_36m' as target_window, date '2017-01-01' as valid_from, 'synthetic' as source, 30 as sort_order
from core.dim_indicators where indicator_code = 'QX02';

-- What else makes a court need attention; other pages' scripts may have written these tables already.
create table if not exists rankings.rpt_ranking_streaks as select * from (values
  ('basic', 'rolling_12m', date '2019-12-01', 'COMPOSITE', 'T15', 'bottom', date '2019-08-01', 5)
) as s(peer_group,window_code,period_month,indicator_code,court_code,streak_code,first_month,month_count);
create table if not exists rankings.rpt_restatements as select * from (values
  ('T14', 'own', 'rolling_12m', date '2019-12-01', 'QX02', '1', true)
) as r(court_code,scope_code,window_code,period_month,indicator_code,definition_version,is_value_restated);
create table if not exists performance.fct_court_intervals as select * from (values
  ('T00', 'province', 'rolling_12m', date '2019-12-01', 'QX02', '1', true), ('T00', 'province', 'rolling_12m', date '2019-12-01', 'QX06', '1', false)
) as i(court_code,scope_code,window_code,period_month,indicator_code,definition_version,is_change_significant);
create table if not exists performance.fct_published_values as select * from (values
  ('T13', 'QH', 'own', 'month', date '2019-12-01', 'QX02', '1', true, 'may_be_amended')
) as v(court_code,province_code,scope_code,window_code,period_month,indicator_code,definition_version,is_in_force,value_label);

-- The small world ranks groups of any size.
create table core.dim_thresholds as
select * from (values
    ('LEAST_PEERS', '排名所需的法院数', 'Courts that a ranking needs', 1::double, 'court', null::varchar, null::varchar,
     '测试 | Test', null::date, null::date)
) as t (
    threshold_code, name_zh, name_en, threshold_value, unit, words_zh, words_en, source, valid_from, valid_to
);
