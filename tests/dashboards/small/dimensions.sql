-- Twelve courts, twenty-four months, and the vocabulary the pages choose from. All names of courts are public.
create schema core; create schema performance; create schema rankings;

create table core.dim_courts as
select c.*, 'QH' as province_code, cast(null as varchar) as division_code, 'confirmed' as prefix_status, true as is_delivering,
       cast(row_number() over (order by court_code) as integer) as sort_order
from (values
  ('T00','青','青海省高级人民法院','Qinghai High People''s Court','青海高院','Qinghai High','high',null,'T00','省高院','High Court','high_own'),
  ('T10','青01','西宁市中级人民法院','Xining Intermediate People''s Court','西宁中院','Xining Int.','intermediate','T00','T10','西宁','Xining','intermediate_own'),
  ('T11','青0102','西宁市城东区人民法院','Chengdong District People''s Court','城东区','Chengdong','basic','T10','T10','西宁','Xining','basic'),
  ('T12','青0103','西宁市城中区人民法院','Chengzhong District People''s Court','城中区','Chengzhong','basic','T10','T10','西宁','Xining','basic'),
  ('T13','青0104','西宁市城西区人民法院','Chengxi District People''s Court','城西区','Chengxi','basic','T10','T10','西宁','Xining','basic'),
  ('T14','青0105','西宁市城北区人民法院','Chengbei District People''s Court','城北区','Chengbei','basic','T10','T10','西宁','Xining','basic'),
  ('T15','青0121','大通回族土族自治县人民法院','Datong Hui and Tu AC People''s Court','大通县','Datong','basic','T10','T10','西宁','Xining','basic'),
  ('T20','青02','海东市中级人民法院','Haidong Intermediate People''s Court','海东中院','Haidong Int.','intermediate','T00','T20','海东','Haidong','intermediate_own'),
  ('T21','青0203','海东市平安区人民法院','Ping''an District People''s Court','平安区','Ping''an','basic','T20','T20','海东','Haidong','basic'),
  ('T22','青0222','民和回族土族自治县人民法院','Minhe Hui and Tu AC People''s Court','民和县','Minhe','basic','T20','T20','海东','Haidong','basic'),
  ('T80','青28','海西蒙古族藏族自治州中级人民法院','Haixi Intermediate People''s Court','海西中院','Haixi Int.','intermediate','T00','T80','海西','Haixi','intermediate_own'),
  ('T86','青2891','大柴旦矿区人民法院','Da Qaidam Mining District People''s Court','大柴旦矿区','Da Qaidam','basic','T80','T80','海西','Haixi','basic')
) as c(court_code,case_prefix,name_zh,name_en,short_name_zh,short_name_en,level,parent_court_code,prefecture_code,prefecture_name_zh,prefecture_name_en,peer_group);

create table core.dim_peer_groups as select *, case peer_group when 'intermediate_jurisdiction' then 'intermediate_own' else peer_group end as own_group from (values
  ('high_own','own','high','高院本院','High court, own cases',1), ('intermediate_own','own','intermediate','中院本院','Intermediate courts, own cases',2),
  ('intermediate_jurisdiction','jurisdiction','intermediate','中院辖区','Intermediate courts, jurisdiction',3), ('basic','own','basic','基层法院','Basic courts',4)
) as g(peer_group,scope_code,level,name_zh,name_en,sort_order);

create table core.dim_windows as select * from (values
  ('month','当月','Month','1',1), ('ytd','本年累计','Year to date','n',2), ('rolling_12m','滚动12个月','Rolling 12 months','12',3),
  ('rolling_36m','滚动36个月','Rolling 36 months','36',4), ('stat_year','统计年度','Statistical year','n',5)
) as w(window_code,name_zh,name_en,months_expected_rule,sort_order);

create table core.dim_months as
select cast(m as date) as period_month, cast(year(m) as integer) as calendar_year, m = date '2018-01-01' as is_first, m = date '2019-12-01' as is_last
from generate_series(date '2018-01-01', date '2019-12-01', interval 1 month) as s(m);

create table core.dim_court_periods as
select court_code, date '1900-01-01' as first_month, date '9999-12-01' as last_month, case_prefix, name_zh, name_en,
       short_name_zh, short_name_en, parent_court_code, prefecture_code, peer_group
from core.dim_courts;

create table core.dim_court_scopes as
select *, date '1900-01-01' as member_from, date '9999-12-01' as member_to from (
select court_code, 'own' as scope_code, court_code as member_court_code from core.dim_courts
union all
select coalesce(parent_court_code, court_code), 'jurisdiction', court_code from core.dim_courts where level = 'basic'
union all
select court_code, 'jurisdiction', court_code from core.dim_courts where level = 'intermediate'
union all
select 'T00', 'province', court_code from core.dim_courts
) as s;
create table core.dim_window_months as
select w.window_code, e.period_month, m.period_month as member_month, w.n as months_expected
from (
  select window_code, unnest(generate_series(date '2018-01-01', date '2019-12-01', interval 1 month)) as ends,
         case window_code when 'month' then 1 when 'ytd' then month(ends) when 'rolling_12m' then 12 when 'rolling_36m' then 36
              else month(ends) % 12 + 1 end as n
  from core.dim_windows
) as w
inner join core.dim_months as e on e.period_month = cast(w.ends as date)
inner join core.dim_months as m
  on m.period_month <= e.period_month and m.period_month > e.period_month - to_months(cast(w.n as integer));

create table core.dim_case_types as select * from (values ('执','首次执行','First enforcement','implementation'), ('执恢','恢复执行','Resumed enforcement','implementation')) as t(case_type,name_zh,name_en,case_class);
create table core.dim_case_scopes as select * from (values
  ('all_enforcement','全部执行案件','All enforcement cases',1), ('implementation','首执与执恢','First and resumed enforcement',2),
  ('first_enforcement','首次执行','First enforcement',3), ('resumed_enforcement','恢复执行','Resumed enforcement',4),
  ('not_case_based','不按案件','Not case-based',5)) as t(case_scope,name_zh,name_en,sort_order);
create table core.dim_case_scope_members as select * from (values
  ('first_enforcement','执'), ('resumed_enforcement','执恢'), ('implementation','执'), ('implementation','执恢'), ('all_enforcement','执'), ('all_enforcement','执恢')
) as m(case_scope,case_type);
create table core.dim_closing_modes as select * from (values
  ('执行完毕','full_satisfaction','Full satisfaction',true), ('终结本次执行程序','suspension','Suspension',false),
  ('终结执行','termination','Termination',true), ('驳回申请','dismissal','Dismissal',true)) as t(closing_mode,closing_code,name_en,is_actual_closure);
create table core.dim_events as select * from (values
  (date '2019-03-01', cast(null as varchar), 'campaign', '集中执行月行动', 'Enforcement campaign month', 'synthetic'),
  (date '2018-09-01', 'QX02', 'definition', '受理口径调整', 'Definition of accepted cases changed', 'synthetic')) as e(event_date,indicator_code,kind,title_zh,title_en,source);

create table core.dim_measures as
select measure_code, name_zh, name_en, unit, window_rule, record_table, record_key, evidence_rule, month_column, value_column,
       name_zh as definition_zh, name_en as definition_en
from (values
  ('opening_cases','旧存案件','Opening stock','cases','first','fct_enforcement_cases','case_id','opening',null,'case_one'),
  ('new_cases','新收案件','Newly filed cases','cases','sum','fct_enforcement_cases','case_id','event','filed_month','case_one'),
  ('accepted_cases','受理案件','Accepted cases','cases','parts','fct_enforcement_cases','case_id','accepted',null,'case_one'),
  ('closed_cases','结案','Closed cases','cases','sum','fct_enforcement_cases','case_id','event','closed_month','is_closed'),
  ('pending_cases','未结案件','Pending cases','cases','last','fct_enforcement_cases','case_id','pending',null,'case_one'),
  ('actual_closed_cases','实际执结','Actually closed','cases','sum','fct_enforcement_cases','case_id','event','closed_month','is_actual_closure'),
  ('suspended_cases','终本','Suspended','cases','sum','fct_enforcement_cases','case_id','event','closed_month','is_suspension'),
  ('full_satisfaction_cases','执行完毕','Fully satisfied','cases','sum','fct_enforcement_cases','case_id','event','closed_month','is_full_satisfaction'),
  ('terminated_cases','终结执行','Terminated','cases','sum','fct_enforcement_cases','case_id','event','closed_month','is_termination'),
  ('close_days','结案用时','Days to close','days','sum','fct_enforcement_cases','case_id','event','closed_month','days_to_close'),
  ('judged_claim_amount','申请标的额','Amount claimed','yuan','sum','fct_enforcement_cases','case_id','event','closed_month','claim_amount_judged'),
  ('judged_recovered_amount','到位金额','Amount recovered','yuan','sum','fct_enforcement_cases','case_id','event','closed_month','recovered_amount_judged'),
  ('due_funds_amount','到期案款','Funds due','yuan','sum','fct_funds','fund_id','event','due_month','received_amount'),
  ('funds_paid_on_time_amount','按期发放案款','Funds paid on time','yuan','sum','fct_funds','fund_id','event','due_month','paid_on_time_amount'),
  ('flight_ban_requests','限制乘机','Flight bans','times','sum','fct_linkage_requests','request_id','event','sent_month','is_flight_ban'),
  ('train_ban_requests','限制乘坐列车','Train bans','times','sum','fct_linkage_requests','request_id','event','sent_month','is_train_ban'),
  ('listed_defaulters','公布失信','Defaulters listed','listings','sum','fct_defaulter_listings','listing_id','event','published_month','listing_one'),
  ('distinct_defaulters','失信被执行人','Distinct defaulters','persons','recompute','fct_defaulter_listings','listing_id','distinct','published_month','person_key'),
  ('public_exposures','公开曝光','Public exposures','times','sum','fct_linkage_activities','activity_key','event','occurred_month','public_exposure_count'),
  ('judicial_aid_amount','司法救助金额','Judicial aid','yuan','sum','fct_linkage_activities','activity_key','event','occurred_month','judicial_aid_amount')
) as m(measure_code,name_zh,name_en,unit,window_rule,record_table,record_key,evidence_rule,month_column,value_column);

create table core.dim_indicators as
select indicator_code, 1 as definition_version, name_zh, name_en, short_name_zh, short_name_en, domain, formula_zh, formula_zh as formula_en, numerator_measure, denominator_measure,
       'closed_cases' as count_measure, case_scope, direction, unit, 10 as min_denominator, target_value, cast(null as double) as interval_low, cast(null as double) as interval_high,
       date '2016-01-01' as valid_from, cast(null as date) as valid_to, '实地材料 S12' as source, cast(null as varchar) as target_source,
       formula_zh as definition_zh, name_en || ': ' || numerator_measure || ' / ' || denominator_measure as definition_en,
       numerator_measure as numerator_zh, numerator_measure as numerator_en, denominator_measure as denominator_zh, denominator_measure as denominator_en,
       'closed' as denominator_kind, '先求和后相除' as window_rule_zh, 'sums first, then the division' as window_rule_en,
       '按方向判断' as how_to_read_zh, 'read by its direction' as how_to_read_en, '加强财产查控' as how_to_improve_zh, 'find property earlier' as how_to_improve_en,
       cast(null as varchar) as disputes_zh, cast(null as varchar) as disputes_en, 'high' as confidence, false as is_working_definition, sort_order, cast(null as varchar) as variant_of,
       cast(null as varchar) as target_window, cast(null as double) as reference_value
from (values
  ('QX01','首次执行案件实结占结案数比例','Actual-closure share of closed cases','实结占结案','Actual share','effect','首执实际执结数÷首执结案数×100%','actual_closed_cases','closed_cases','first_enforcement','higher','ratio',null,1),
  ('QX02','首次执行案件实际执结率','Actual closure rate','实际执结率','Actual closure','effect','首执实际执结数÷首执受理数×100%','actual_closed_cases','accepted_cases','first_enforcement','higher','ratio',null,2),
  ('QX04','首次执行案件终本率','Suspension rate','终本率','Suspension','effect','首执终本数÷首执受理数×100%','suspended_cases','accepted_cases','first_enforcement','lower','ratio',null,4),
  ('QX05','首次执行案件未结率','Pending rate','未结率','Pending','efficiency','首执未结数÷首执受理数×100%','pending_cases','accepted_cases','first_enforcement','lower','ratio',null,5),
  ('QX06','首次执行案件实际执行到位率','Recovery rate','到位率','Recovery','effect','到位金额÷申请标的×100%','judged_recovered_amount','judged_claim_amount','first_enforcement','higher','ratio',null,6),
  ('QX08','首次执行案件终结率','Termination share','终结率','Termination','effect','终结执行÷结案×100%','terminated_cases','closed_cases','first_enforcement','monitor','ratio',null,8),
  ('QX10','首次执行案件结案平均用时','Mean days to close','平均用时','Days to close','efficiency','Σ(结案−立案)÷结案','close_days','closed_cases','first_enforcement','lower','days',null,10),
  ('QX24','案款30日内发放率','Funds paid within 30 days','案款发放率','Funds paid','discipline','按期发放金额÷到期金额×100%','funds_paid_on_time_amount','due_funds_amount','not_case_based','higher','ratio',0.85,24),
  ('SX18','新增失信被执行人','Defaulters newly listed','新增失信','New listings','discipline','新增公布条数','listed_defaulters',null,'not_case_based','monitor','listings',null,44)
) as i(indicator_code,name_zh,name_en,short_name_zh,short_name_en,domain,formula_zh,numerator_measure,denominator_measure,case_scope,direction,unit,target_value,sort_order);

-- QX02 has an alternative reading, and SX18 neither weight nor set: neither is among the cards of the overview.
insert into core.dim_indicators by name
select * replace ('QX02_ALT1' as indicator_code, '另一口径' as short_name_zh, 'Other reading' as short_name_en, 'monitor' as direction, 902 as sort_order, 'QX02' as variant_of)
from core.dim_indicators where indicator_code = 'QX02';
create table core.dim_indicator_weights as
select indicator_code, case when direction = 'monitor' or indicator_code = 'SX18' then 0.0 else 1.0 end as weight, date '2016-01-01' as valid_from, cast(null as date) as valid_to,
       '默认等权 | equal by default' as source
from core.dim_indicators;
create table core.dim_indicator_sets as
select 'PROJ26' as set_code, 'leading' as set_role, '推荐的26项' as set_name_zh, 'The recommended 26' as set_name_en, sort_order as item_number, indicator_code, name_zh, name_en, date '2016-01-01' as valid_from,
       'synthetic' as source, 10 as sort_order
from core.dim_indicators where variant_of is null and indicator_code like 'QX%';
