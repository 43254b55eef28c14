-- What the definition page lists beyond the indicators' cards: time limits, and a set's thresholds and veto.
create table core.dim_node_limits as select * from (values
  ('N01','立案','Filing','收到执行申请','7','day','calendar','执行规定','§16','high','statutory'),
  ('N09','网络查控','Asset query','立案','5','day','calendar','昂昂溪法院规范','','high local','local')
) as n(node_code,name_zh,name_en,start_event,limit_value,limit_unit,day_type,legal_basis,article,confidence,rule_kind);
alter table core.dim_indicator_sets add column if not exists target_value double;
alter table core.dim_indicator_sets add column if not exists is_veto boolean;
insert into core.dim_indicator_sets by name
select 'CORE3P1' as set_code, 'core' as set_role, '三加一' as set_name_zh, '3+1' as set_name_en, 1 as item_number, 'QX24' as indicator_code, '案款发放' as name_zh, 'Funds paid' as name_en, 0.9 as target_value,
       true as is_veto, date '2017-01-01' as valid_from, 'synthetic' as source, 30 as sort_order;
alter table core.dim_indicator_sets add column if not exists set_condition_zh varchar;
alter table core.dim_indicator_sets add column if not exists set_condition_en varchar;
update core.dim_indicator_sets set set_condition_zh = '另有一项条件', set_condition_en = 'A further condition' where set_code = 'CORE3P1';
create table rankings.rpt_set_shares as
select 'CORE3P1' as set_code, c.province_code, w.window_code, m.period_month, 6 as court_count, 4 as judged_count,
       3 as passed_count, 2 as failed_count, 0.75 as passed_ratio, 0.9 as required_court_ratio, false as is_met
from (select distinct province_code from core.dim_courts) as c, core.dim_windows as w, core.dim_months as m;
