-- Builds on the values and the restatement of about.sql.
-- What was frozen and what changed: one restated value with its record, returns that differ, figures that contradict themselves.
update performance.fct_published_values set value_label = 'restated' where court_code = 'T13' and scope_code = 'own' and indicator_code = 'QX04' and period_month = date '2019-06-01' and window_code in ('month', 'rolling_12m');

create or replace table rankings.rpt_restatements as
select * from rankings.rpt_restatements
union all by name
select court_code, scope_code, window_code, period_month, indicator_code, definition_version, numerator - 2 as old_numerator, denominator as old_denominator, (numerator - 2) / denominator as old_value, status as old_status,
       3 as old_rank, numerator as new_numerator, denominator as new_denominator, value as new_value, status as new_status, 4 as new_rank, 2 / denominator as value_difference, 1 as rank_difference, true as is_value_restated,
       'redelivery' as cause_code, '重报' as cause_zh, 'Redelivered' as cause_en, 1 as delivery_count, 2 as added_count, 0 as removed_count, 1 as changed_count, 'dnew' as last_delivery_id, '2019-06/cases/T13.csv' as last_file_name,
       timestamp '2019-09-02 08:00:00' as last_received_at, '20190805-0800-old' as old_snapshot_id
from performance.fct_published_values where value_label = 'restated';

create table rankings.rpt_restated_records as
select court_code, date '2019-06-01' as extract_month, 'cases' as kind, case_id as record_key, case_id, 'added' as change, 'redelivery' as cause_code, 'dnew' as delivery_id, '2019-06/cases/T13.csv' as file_name, timestamp '2019-09-02 08:00:00' as received_at
from core.fct_enforcement_cases where court_code = 'T13' and filed_month = date '2019-06-01' order by case_id limit 2;

create table rankings.rpt_published_figures as select * from (values
  ('P040','QH','青海','Qinghai',date '2016-03-01',date '2019-12-01','受理执行案件','Cases accepted','cases',85673.0,85673.0,0.0,0.0,true,null,null,cast(null as boolean),'within','相符','Within','','','003'),
  ('P041R','QH','青海','Qinghai',date '2016-03-01',date '2019-12-01','执结率','Share closed','ratio',0.9498,0.955715,-0.005915,0.006,true,0.955715,-0.005915,false,'own_counts_differ','与自身件数不符','At odds with its own counts','81,879÷85,673','81,879 ÷ 85,673','003'),
  ('P060R','GZ','四川G地区','G region',date '2022-01-01',date '2022-12-01','案拍比','Auctions per case','ratio',0.0255,null,null,null,cast(null as boolean),0.02289,0.00261,false,'own_counts_differ','与自身件数不符','At odds with its own counts','96÷4,194','96 ÷ 4,194','001')
) as p(figure_code,province_code,scope_zh,scope_en,first_month,last_month,name_zh,name_en,unit,published_value,recalculated_value,value_difference,allowed_difference,is_within,implied_value,implied_difference,is_consistent,reason_code,reason_zh,reason_en,note_zh,note_en,source);
