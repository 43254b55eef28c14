-- What `About this number` asks beyond the boards: versions and scopes of definitions, intervals, labels, deliveries, a restatement.
alter table core.dim_indicators add column if not exists numerator_scope varchar;
alter table core.dim_indicators add column if not exists denominator_scope varchar;
alter table core.dim_indicators add column if not exists count_scope varchar;
alter table core.dim_indicators add column if not exists superseded_from date;
update core.dim_indicators set numerator_scope = case_scope, denominator_scope = case when denominator_measure is not null then case_scope end,
  count_scope = case_scope, denominator_kind = case when denominator_measure is null then 'none' else denominator_kind end;
alter table core.dim_measures add column if not exists extract_kind varchar;
alter table core.dim_measures add column if not exists sort_order integer;
alter table core.dim_measures add column if not exists until_column varchar;
update core.dim_measures set extract_kind = case record_table when 'fct_funds' then 'funds' when 'fct_linkage_requests' then 'linkage' when 'fct_defaulter_listings' then 'defaulters'
  when 'fct_linkage_activities' then 'linkage_activities' else 'cases' end;
alter table performance.fct_court_indicators add column if not exists is_in_force boolean;
update performance.fct_court_indicators set is_in_force = coalesce(is_in_force, true);
alter table performance.fct_court_measures add column if not exists courts_expected integer;
alter table performance.fct_court_measures add column if not exists courts_delivered integer;
update performance.fct_court_measures set courts_expected = case scope_code when 'own' then 1 when 'jurisdiction' then 6 else 12 end,
  courts_delivered = case scope_code when 'own' then 1 when 'jurisdiction' then 6 else 12 end - (not is_delivered)::integer;

create table core.dim_measure_parts as select * from (values ('accepted_cases','opening_cases'), ('accepted_cases','new_cases'), ('unsettled_cases','opening_cases'), ('unsettled_cases','closed_cases')) as p(measure_code,part_measure_code);
-- A measure that has no list of its own: its records are those of its parts. And a difference of two indicators.
insert into core.dim_measures by name
select 'unsettled_cases' as measure_code, '期初与结案' as name_zh, 'Opening and closed' as name_en, 'cases' as unit, 'parts' as window_rule, 'fct_enforcement_cases' as record_table, 'case_id' as record_key,
       'none' as evidence_rule, 'case_one' as value_column, '期初与结案' as definition_zh, 'Opening and closed' as definition_en, 'cases' as extract_kind;
insert into core.dim_indicators by name
select * replace ('SX35' as indicator_code, '终本率与未结率之差' as name_zh, 'Suspended less pending' as name_en, null as numerator_measure, null as denominator_measure, 'not_case_based' as case_scope,
  null as numerator_scope, null as denominator_scope, 'derived' as denominator_kind, 'monitor' as direction, 61 as sort_order, 'QX04' as variant_of)
from core.dim_indicators where indicator_code = 'QX04';
insert into core.dim_indicators by name
select * replace ('SX29' as indicator_code, '期初与结案之未结比' as name_zh, 'Pending of opening and closed' as name_en, 'pending_cases' as numerator_measure, 'unsettled_cases' as denominator_measure, 'monitor' as direction, 55 as sort_order, 'QX05' as variant_of)
from core.dim_indicators where indicator_code = 'QX05';
create table core.dim_derived_indicators as select 'SX35' as indicator_code, 'QX04' as minuend_code, 'QX05' as subtrahend_code;
insert into performance.fct_court_indicators by name
select * replace ('SX35' as indicator_code, a.numerator * b.denominator - b.numerator * a.denominator as numerator, a.denominator * b.denominator as denominator, a.value - b.value as value)
from performance.fct_court_indicators as a
inner join (select court_code, scope_code, window_code, period_month, numerator, denominator, value from performance.fct_court_indicators where indicator_code = 'QX05') as b
  using (court_code, scope_code, window_code, period_month)
where a.indicator_code = 'QX04';
insert into performance.fct_court_indicators by name
select n.court_code, n.scope_code, n.window_code, n.period_month, 'SX29' as indicator_code, 1 as definition_version, true as is_in_force, n.v as numerator, o.v + c.v as denominator,
       n.v / nullif(o.v + c.v, 0) as value, 'no_target' as status, o.v + c.v as case_count, 10 as min_denominator
from windowed as n
inner join windowed as o using (court_code, scope_code, window_code, period_month, case_scope)
inner join windowed as c using (court_code, scope_code, window_code, period_month, case_scope)
where n.measure_code = 'pending_cases' and o.measure_code = 'opening_cases' and c.measure_code = 'closed_cases' and n.case_scope = 'first_enforcement';
create table rankings.rpt_restatements as
select 'T13' as court_code, 'own' as scope_code, 'ytd' as window_code, date '2019-06-01' as period_month, 'QX04' as indicator_code, '1' as definition_version, 10 as old_numerator, 100 as old_denominator,
       0.1 as old_value, 'no_target' as old_status, 12 as new_numerator, 100 as new_denominator, 0.12 as new_value, 'no_target' as new_status, 0.02 as value_difference, true as is_value_restated,
       'redelivery' as cause_code, '重报' as cause_zh, 'redelivery' as cause_en, 1 as delivery_count, 2 as added_count, 0 as removed_count, 1 as changed_count, 'dnew' as last_delivery_id,
       '2019-06/cases/T13-2.csv' as last_file_name, timestamp '2019-09-01 08:00:00' as last_received_at, '2019-07-a' as old_snapshot_id, timestamp '2019-07-05 08:00:00' as old_published_at;
create table performance.fct_court_deliveries as
select court_code, extract_month as period_month, kind as extract_kind, is_expected, is_delivered, false as is_nothing_to_report, accepted_count, gap_reason from rankings.rpt_delivery_quality;
create table performance.fct_court_intervals as
select court_code, scope_code, window_code, period_month, indicator_code, '1' as definition_version, 'wilson' as interval_method, value, greatest(value - 0.02, 0) as value_low, value + 0.02 as value_high,
       false as is_concentrated,
       case when court_code = 'T00' and window_code = 'rolling_12m' and period_month = date '2019-12-01' then case indicator_code when 'QX02' then true when 'QX06' then false end end as is_change_significant
from performance.fct_court_indicators where value is not null;
insert into rankings.rpt_restatements by name
select 'T14' as court_code, 'own' as scope_code, 'rolling_12m' as window_code, date '2019-12-01' as period_month, 'QX02' as indicator_code, '1' as definition_version, true as is_value_restated;
create table performance.fct_published_values as
select 'QH' as province_code, court_code, scope_code, window_code, period_month, indicator_code, '1' as definition_version, true as is_in_force, numerator, denominator, value, status,
       case when period_month < date '2019-12-01' then 'official' else 'may_be_amended' end as value_label
from performance.fct_court_indicators;
create table core.fct_delivered_kinds as
select court_code, kind, extract_month, delivery_id, accepted_count from rankings.rpt_delivery_quality as q
inner join (select delivery_id, substr(delivery_id, 2, 3) as court_code, kind, extract_month from rankings.rpt_deliveries where status = 'accepted') as d using (court_code, kind, extract_month);
