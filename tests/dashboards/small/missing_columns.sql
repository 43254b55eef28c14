-- A column left out in two months by one court, what cannot do without it, and a miss that its interval does not bear out.
create table core.fct_missing_columns as
select 'T14' as court_code, 'cases' as kind, m.period_month as extract_month, 'closed_date' as column_name, '结案日期' as header_zh, 'Closing date' as header_en, 'absent' as reason_code, 5 as row_count
from core.dim_months as m where m.period_month in (date '2019-10-01', date '2019-12-01');
create table core.dim_indicator_columns as
select i.indicator_code, '1' as definition_version, 'cases' as kind, 'closed_date' as column_name from core.dim_indicators as i where i.indicator_code in ('QX02', 'QX04');
create table core.dim_check_columns as select 'GC16' as check_code, 'cases' as kind, 'closed_date' as column_name;
alter table performance.fct_court_intervals add column if not exists judged_status varchar;
alter table performance.fct_court_intervals add column if not exists doubt_code varchar;
update performance.fct_court_intervals set judged_status = 'too_few', doubt_code = 'interval'
where court_code = 'T13' and scope_code = 'own' and window_code = 'rolling_12m' and period_month = date '2019-06-01' and indicator_code = 'QX24';
