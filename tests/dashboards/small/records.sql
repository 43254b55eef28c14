-- Synthetic cases and records. Pseudo-random by hash, so that every build of the fixture is the same.
create temp macro u(a, b, c) as (hash(a || '|' || b || '|' || c) % 100000) / 100000.0;

create table core.fct_enforcement_cases as
with volume as (
  select c.court_code, c.level, m.period_month, t.case_type,
         case c.court_code when 'T86' then 1 when 'T00' then 3 when 'T13' then 30 when 'T14' then 26 when 'T11' then 22 else 8 end
         * case when t.case_type = '执恢' then 0.4 else 1 end * case when month(m.period_month) = 12 then 1.6 when month(m.period_month) = 1 then 0.6 else 1 end as expected
  from core.dim_courts as c cross join core.dim_months as m cross join core.dim_case_types as t
), numbered as (
  select v.*, n, 'C-' || court_code || '-' || strftime(period_month, '%Y%m') || '-' || case when case_type = '执' then 'Z' else 'H' end || n as case_id
  from volume as v, generate_series(1, cast(ceil(v.expected) as integer)) as s(n)
), dated as (
  select *, period_month + cast(floor(u(case_id,'day','') * 27) as integer) as filed_date,
         cast(8 + u(case_id,'len','') * (70 + 110 * u(court_code,'speed','')) as integer) as duration, u(case_id,'mode','') as mode_draw
  from numbered
), closed as (
  select *, case when filed_date + duration < date '2020-01-01' then filed_date + duration end as closed_date,
         round(exp(8 + 4 * u(case_id,'claim','')), 2) as claim_amount
  from dated
), moded as (
  select *, case when closed_date is null then null when mode_draw < 0.30 + 0.2 * u(court_code,'full','') then '执行完毕'
            when mode_draw < 0.80 then '终结本次执行程序' when mode_draw < 0.97 then '终结执行' else '驳回申请' end as closing_mode
  from closed
)
select case_id, '（' || year(filed_date) || '）青' || substr(court_code, 2) || case_type || n || '号' as case_number,
       '（' || year(filed_date) || '）青' || substr(court_code, 2) || case_type || n || '号' as case_number_raw, 'parsed' as case_number_status, court_code, case_type,
       '合同纠纷' as cause, filed_date, closed_date, closing_mode, cast(claim_amount as decimal(20,2)) as claim_amount,
       cast(date_trunc('month', filed_date) as date) as filed_month, cast(date_trunc('month', closed_date) as date) as closed_month,
       1 as case_one, 1 as is_new, cast(null as date) as moved_in_month, cast(null as date) as moved_out_month, cast(closed_date is not null as integer) as is_closed,
       cast(closing_mode <> '终结本次执行程序' as integer) as is_actual_closure, cast(closing_mode = '终结本次执行程序' as integer) as is_suspension,
       cast(closing_mode = '执行完毕' as integer) as is_full_satisfaction, cast(closing_mode = '终结执行' as integer) as is_termination,
       case when closed_date is not null then date_diff('day', filed_date, closed_date) end as days_to_close,
       cast(case when closed_date is not null then claim_amount end as decimal(20,2)) as claim_amount_judged,
       cast(case when closing_mode = '执行完毕' then claim_amount when closed_date is not null then claim_amount * 0.4 * u(case_id,'rec','') end as decimal(20,2)) as recovered_amount_judged
from moded;

create table core.fct_funds as
select 'F-' || case_id as fund_id, case_id, court_code, closed_date as received_date, recovered_amount_judged as received_amount,
       cast(date_trunc('month', closed_date) as date) as received_month, closed_date + 30 as due_date, cast(date_trunc('month', closed_date + 30) as date) as due_month,
       cast(case when u(case_id,'pay','') < 0.7 + 0.25 * u(court_code,'pay','') then recovered_amount_judged else 0 end as decimal(20,2)) as paid_on_time_amount
from core.fct_enforcement_cases where closed_date is not null;

create table core.fct_linkage_requests as
select 'L-' || case_id as request_id, case_id, court_code, cast(date_trunc('month', filed_date + 10) as date) as sent_month,
       cast(u(case_id,'fly','') < 0.5 as integer) as is_flight_ban, cast(u(case_id,'fly','') >= 0.5 as integer) as is_train_ban
from core.fct_enforcement_cases where u(case_id,'link','') < 0.4 and filed_date < date '2019-12-15';

create table core.fct_nodes as
select 'N-' || case_id as node_key, case_id, court_code, case_number, case_type, 'N05' as node_code,
       cast(filed_date + 2 as timestamp) as started_at, cast(filed_date + 9 as timestamp) as ended_at,
       cast(date_trunc('month', filed_date + 2) as date) as started_month, cast(date_trunc('month', filed_date + 9) as date) as ended_month,
       1 as node_one, 1 as is_ended, cast(u(case_id,'seized','') < 0.5 as integer) as is_seizure
from core.fct_enforcement_cases where u(case_id,'node','') < 0.3 and filed_date < date '2019-12-15';

create table core.fct_defaulter_listings as
select 'D-' || case_id as listing_id, cast(hash(case_id) % 900 as integer) as person_key, case_number, court_code, 'natural' as party_kind,
       cast(date_trunc('month', filed_date + 12) as date) as published_month, 1 as listing_one
from core.fct_enforcement_cases where u(case_id,'list','') < 0.2 and filed_date < date '2019-12-15';

create table core.fct_linkage_activities as
select 'A-' || court_code || strftime(period_month, '%Y%m') as activity_key, court_code, period_month as occurred_month, period_month as occurred_date,
       '公开曝光' as activity, cast(null as bigint) as person_count, cast(null as decimal(20, 2)) as amount,
       cast(3 * u(court_code, cast(period_month as varchar), 'x') as integer) as public_exposure_count, public_exposure_count as activity_count, cast(20000 * u(court_code, cast(period_month as varchar), 'y') as decimal(20,2)) as judicial_aid_amount
from core.dim_courts cross join core.dim_months;

-- Items to rectify: one written off in time, one open and overdue at the end of 2019, one open and not yet due.
create table core.fct_rectifications as
select 'Z-' || court_code || suffix as item_id, court_code, problem_class, '自查自纠' as found_by, found_date, due_date, written_off_date, 'QX03' as indicator_code,
       date '2019-12-01' as last_delivered_month, cast(date_trunc('month', found_date) as date) as found_month, 1 as item_one, (written_off_date is not null)::integer as is_written_off
from core.dim_courts cross join (values ('1', '消极执行', date '2019-06-03', date '2019-08-02', date '2019-07-20'), ('2', '乱执行', date '2019-10-08', date '2019-12-07', null), ('3', '作风不正', date '2019-12-05', date '2020-02-03', null)) as v(suffix, problem_class, found_date, due_date, written_off_date)
where court_code in ('T13', 'T14');

create table core.fct_auction_lots as
select 'P-' || case_id as lot_id, 'P-' || case_id || '|一拍' as lot_round_key, case_id, court_code, '一拍' as round, filed_date + 60 as auction_date,
       cast(date_trunc('month', filed_date + 60) as date) as auction_month, 1 as lot_round_one
from core.fct_enforcement_cases where u(case_id,'lot','') < 0.05 and filed_date < date '2019-10-15';
