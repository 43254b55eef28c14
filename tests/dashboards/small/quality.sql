-- What the data-quality page shows: deliveries that add up, rejects with reasons, gate results, differences from returns.
create table rankings.rpt_deliveries as
select 'd' || c.court_code || strftime(m.period_month, '%Y%m') || k.kind as delivery_id, k.kind, m.period_month as extract_month,
       strftime(m.period_month, '%Y-%m') || '/' || k.kind || '/' || c.court_code || k.ending as file_name, repeat('0', 64) as file_sha256, 20480::bigint as file_bytes, k.format,
       k.encoding, (m.period_month + interval 1 month + interval 3 day)::timestamp as received_at, 'accepted' as status, cast(null as varchar) as duplicate_of, cast(null as varchar) as refusal_code,
       cast(null as varchar) as message_zh, cast(null as varchar) as message_en, cast(null as varchar) as remedy_zh, cast(null as varchar) as remedy_en,
       40::bigint as row_count, 38::bigint as accepted_count, 1::bigint as rejected_count, 1::bigint as held_count, 0::bigint as extra_column_count, c.court_code as court_codes
from core.dim_courts as c cross join core.dim_months as m
cross join (values ('cases','.csv','csv','gb18030'), ('funds','.xlsx','xlsx',null), ('linkage','.csv','csv','utf-8')) as k(kind,ending,format,encoding)
where not (c.court_code = 'T22' and m.period_month = date '2019-12-01');
insert into rankings.rpt_deliveries
select 'drefused', 'funds', date '2019-12-01', '2019-12/funds/T22.xlsx', repeat('1', 64), 10, 'xlsx', null, timestamp '2020-01-05 08:00:00', 'refused', null, 'truncated',
       '文件不完整，无法打开', 'The file is cut off and cannot be opened', '请重新导出后再报送', 'Export it again and deliver it once more', 0, 0, 0, 0, 0, 'T22';

create table rankings.rpt_delivery_quality as
select m.period_month as extract_month, c.court_code, k.kind, true as is_expected, d.delivery_id is not null as is_delivered, c.court_code = 'T21' and m.period_month = date '2019-11-01' as is_late,
       (d.delivery_id is not null)::integer::bigint as delivery_count, coalesce(d.row_count, 0)::bigint as row_count, coalesce(d.accepted_count, 0)::bigint as accepted_count, coalesce(d.rejected_count, 0)::bigint as rejected_count,
       coalesce(d.held_count, 0)::bigint as held_count, 0::bigint as label_failures, 0::bigint as block_failures, d.received_at as last_received_at,
       case when c.court_code = 'T86' and k.kind = 'funds' and d.delivery_id is not null then 'nothing_to_report' when d.delivery_id is null then 'not_delivered' when c.court_code = 'T21' and m.period_month = date '2019-11-01' then 'late' else 'delivered' end as status,
       case when d.delivery_id is null and k.kind = 'linkage' then 'refused' end as gap_reason
from core.dim_courts as c cross join core.dim_months as m cross join (values ('cases'), ('funds'), ('linkage')) as k(kind)
left join rankings.rpt_deliveries as d on d.delivery_id = 'd' || c.court_code || strftime(m.period_month, '%Y%m') || k.kind;

create table rankings.rpt_rejected_rows as
select delivery_id, kind, extract_month, 17 as row_number, 'rejected' as disposition, substr(delivery_id, 2, 3) as court_code, 'filed_date' as column_name, '立案日期' as header, '2019-02-30' as value,
       'not_a_date' as reason_code, '不是有效日期' as reason_zh, 'Not a date' as reason_en, '请核对立案日期' as remedy_zh, 'Check the filing date' as remedy_en, '{"立案日期":"2019-02-30"}' as row_text
from rankings.rpt_deliveries where status = 'accepted';
create table rankings.rpt_redelivery_changes as
select 'cases' as kind, date '2019-06-01' as extract_month, 'T13' as court_code, 'dold' as old_delivery_id, 'dnew' as new_delivery_id, 'changed' as change, 'C-T13-201906-Z1' as record_key, 'closing_mode' as changed_columns;
create table rankings.rpt_gate_results as
select kind, m.period_month as extract_month, rule_code, rule_zh, rule_en, severity, 480::bigint as checked_count, failed::bigint as failed_count, 0.02::double as threshold, true as passed
from core.dim_months as m cross join (values ('cases','closed_after_filed','结案日期不早于立案日期','Closed no earlier than filed','block',0), ('cases','recovered_within_claim','到位金额不超过标的','Recovered within the claim','label',3)) as r(kind,rule_code,rule_zh,rule_en,severity,failed);
create table rankings.rpt_gate_failing_rows as
select 'cases' as kind, m.period_month as extract_month, 'recovered_within_claim' as rule_code, 'label' as severity, 'T13' as court_code, 'd1' as delivery_id, 5 as row_number, 'C-1' as record_key, 'recovered_amount' as column_name, '12000.00' as value from core.dim_months as m;
create table rankings.rpt_case_flow_exceptions as
select case_id, case_number, court_code, filed_month as period_month, 'filed_before_history' as exception_code, '立案早于首次报送月份' as detail_zh, 'Filed before the first delivered month' as detail_en
from core.fct_enforcement_cases where case_id like '%-Z1' and court_code = 'T14';
create table rankings.rpt_reported_figures as
select court_code, period_month, '结案' as item_code, measure_value::double + case when court_code = 'T13' and month(period_month) = 12 then 2 else 0 end as reported_value, measure_value::double as recomputed_value,
       case when court_code = 'T13' and month(period_month) = 12 then 2.0 else 0.0 end as difference, 0.0::double as tolerance, not (court_code = 'T13' and month(period_month) = 12) as is_within,
       case when court_code = 'T13' and month(period_month) = 12 then '报表比案件明细多2件' end as reason_zh, case when court_code = 'T13' and month(period_month) = 12 then 'The return counts two cases more' end as reason_en
from performance.fct_court_measures where scope_code = 'own' and measure_code = 'closed_cases' and case_scope = 'all_enforcement';
