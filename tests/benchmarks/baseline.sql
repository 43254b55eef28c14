-- The indicator sums straight from the lake, as one person would write them for one engine.
-- What the warehouse does besides (history, tests, contracts, published tables) is the difference the ratio measures.
create or replace table baseline as
with in_force as (
    select kind, extract_month, court_code, delivery_id
    from read_parquet($ledger || '/delivery_courts.parquet')
    where is_in_force
),
calendar as (
    select d.day::date as day, coalesce(x.is_working_day, isodow(d.day) < 6) as is_working_day
    from generate_series(timestamp '2016-01-01', timestamp '2026-12-31', interval 1 day) as d (day)
    left join read_csv($seeds || '/working_days.csv', header = true) as x on d.day::date = x.day
),
days as (
    select day, sum(case when is_working_day then 1 else 0 end) over (order by day) as n
    from calendar
),
rolled as (
    select day, min(case when is_working_day then day end) over (
        order by day rows between current row and unbounded following) as due_date
    from calendar
),
third as (
    select started.day as trigger_date, min(due.day) as due_date
    from days as started
    inner join days as due on due.n = started.n + 3
    group by started.day
),
cases as (
    select
        l.court_code, l.case_type, l.filed_date, l.closed_date, l.closing_mode,
        l.closed_date <= coalesce(l.term_due_date, (select due_date from rolled where day = (l.filed_date
            + case when l.cause like '%非诉%' then interval 3 month else interval 6 month end)::date)) as is_on_time,
        coalesce(l.claim_amount, 0) as claim, least(coalesce(l.recovered_amount, 0), l.claim_amount) as recovered
    from read_parquet($lake || '/cases/**/*.parquet', union_by_name = true) as l
    inner join in_force as f
        on f.kind = 'cases' and l._delivery_id = f.delivery_id and l.court_code = f.court_code
    qualify row_number() over (
        partition by l.case_id
        order by l._extract_month desc, l.closed_date is null desc, l.filed_date desc, l._delivery_id desc, l._row_number desc
    ) = 1
),
filed as (
    select court_code, date_trunc('month', filed_date)::date as m,
        count(*) filter (case_type = '执') as new_1
    from cases group by all
),
closed as (
    select court_code, date_trunc('month', closed_date)::date as m,
        count(*) filter (case_type = '执') as closed_1,
        count(*) filter (case_type = '执' and closing_mode <> '终结本次执行程序') as actual_1,
        count(*) filter (case_type = '执' and closing_mode = '终结本次执行程序') as suspended_1,
        count(*) filter (case_type = '执' and closing_mode = '执行完毕') as full_1,
        count(*) filter (case_type = '执' and closing_mode = '终结执行') as terminated_1,
        count(*) filter (case_type = '执' and is_on_time) as on_time_1,
        sum(closed_date - filed_date) filter (case_type = '执') as days_1,
        sum(closed_date - filed_date) filter (case_type = '执' and closing_mode = '执行完毕') as full_days_1,
        sum(claim) filter (case_type = '执' and claim > 0) as claim_1,
        sum(recovered) filter (case_type = '执' and claim > 0) as recovered_1,
        count(*) filter (case_type = '执恢') as closed_2,
        count(*) filter (case_type = '执恢' and closing_mode = '执行完毕') as full_2,
        sum(claim) filter (case_type = '执恢' and claim > 0) as claim_2,
        sum(recovered) filter (case_type = '执恢' and claim > 0) as recovered_2
    from cases where closed_date is not null group by all
),
fund_rows as (
    select l.* from read_parquet($lake || '/funds/**/*.parquet', union_by_name = true) as l
    inner join in_force as f on f.kind = 'funds' and l._delivery_id = f.delivery_id and l.court_code = f.court_code
    qualify row_number() over (partition by l.fund_id order by l._extract_month desc, l._delivery_id desc, l._row_number desc) = 1
),
funds as (
    select court_code, date_trunc('month', (select due_date from rolled where day = received_date + 30))::date as m,
        sum(received_amount) as funds_due,
        sum(case when deferral_approved then received_amount
                 when paid_date <= (select due_date from rolled where day = received_date + 30) then coalesce(paid_amount, 0) else 0 end) as funds_paid
    from fund_rows group by all
),
lot_rows as (
    select l.* from read_parquet($lake || '/auctions/**/*.parquet', union_by_name = true) as l
    inner join in_force as f on f.kind = 'auctions' and l._delivery_id = f.delivery_id and l.court_code = f.court_code
    qualify row_number() over (
        partition by l.lot_id, l.round order by l._extract_month desc, l._delivery_id desc, l._row_number desc) = 1
),
lots as (
    select court_code, date_trunc('month', auction_date)::date as m,
        count(*) as lots_ended, count(*) filter (result = '成交') as lots_sold
    from (
        select * from lot_rows
        qualify row_number() over (
            partition by lot_id order by result = '成交' desc nulls last,
            case round when '变卖' then 0 when '二拍' then 1 else 2 end) = 1
    )
    where result = '成交' or (result = '流拍' and round in ('二拍', '变卖'))
    group by all
),
entrusted as (
    select court_code, date_trunc('month', due_at)::date as m,
        count(*) as entrusted_due, count(*) filter (completed_at <= due_at) as entrusted_done
    from (
        select l.* from read_parquet($lake || '/entrustments/**/*.parquet', union_by_name = true) as l
        inner join in_force as f
            on f.kind = 'entrustments' and l._delivery_id = f.delivery_id and l.court_code = f.court_code
        qualify row_number() over (
            partition by l.entrustment_id order by l._extract_month desc, l._delivery_id desc, l._row_number desc) = 1
    )
    where due_at is not null group by all
),
requests as (
    select court_code, date_trunc('month', due_at)::date as m,
        count(*) as requests_due, count(*) filter (feedback_at <= due_at) as requests_done
    from (
        select l.* from read_parquet($lake || '/linkage/**/*.parquet', union_by_name = true) as l
        inner join in_force as f on f.kind = 'linkage' and l._delivery_id = f.delivery_id and l.court_code = f.court_code
        qualify row_number() over (
            partition by l.request_id order by l._extract_month desc, l._delivery_id desc, l._row_number desc) = 1
    )
    where due_at is not null group by all
),
delisted as (
    select court_code, date_trunc('month', due_date)::date as m,
        count(*) as delisting_due, count(*) filter (delisted_date <= due_date) as delisting_done
    from (
        select l.*, third.due_date from read_parquet($lake || '/defaulters/**/*.parquet', union_by_name = true) as l
        inner join in_force as f
            on f.kind = 'defaulters' and l._delivery_id = f.delivery_id and l.court_code = f.court_code
        left join third on l.deletion_trigger_date = third.trigger_date
        qualify row_number() over (
            partition by l.listing_id order by l._extract_month desc, l._delivery_id desc, l._row_number desc) = 1
    )
    where due_date is not null group by all
),
monthly as (
    select court_code, m, columns(* exclude (court_code, m)) from (
        select * from filed
        union all by name select * from closed
        union all by name select * from funds
        union all by name select * from lots
        union all by name select * from entrusted
        union all by name select * from requests
        union all by name select * from delisted
    )
),
courts as (
    select court_code, parent_court_code, left(court_code, 1) as province, level
    from read_csv($seeds || '/courts.csv', header = true, all_varchar = true)
),
members as (
    select court_code, 'own' as scope_code, court_code as member from courts
    union all
    select c.court_code, 'jurisdiction', x.court_code from courts as c
    inner join courts as x on x.court_code = c.court_code or x.parent_court_code = c.court_code
    where c.level = 'intermediate'
    union all
    select root.court_code, 'province', x.court_code
    from courts as root inner join courts as x
        on x.court_code = root.court_code or x.parent_court_code = root.court_code
        or x.parent_court_code in (select court_code from courts where parent_court_code = root.court_code)
    where root.parent_court_code is null
),
scoped as (
    select s.court_code, s.scope_code, x.m, sum(columns(x.* exclude (court_code, m)))
    from members as s inner join monthly as x on x.court_code = s.member
    group by all
),
span as (select min(extract_month) as first_month, max(extract_month) as last_month from in_force),
ends as (
    select unnest(generate_series(first_month, last_month, interval 1 month))::date as period_month, first_month from span
),
windows as (
    select period_month, window_code, greatest(first_month, start_month)::date as start_month
    from (
        select *, unnest([
            {'w': 'month', 's': period_month},
            {'w': 'ytd', 's': date_trunc('year', period_month)::date},
            {'w': 'rolling_12m', 's': (period_month - interval 11 month)::date},
            {'w': 'rolling_36m', 's': (period_month - interval 35 month)::date},
            {'w': 'stat_year', 's': (date_trunc('year', period_month + interval 1 month) - interval 1 month)::date}
        ], recursive := true)
        from ends
    ) as t(period_month, first_month, window_code, start_month)
),
sums as (
    select x.court_code, x.scope_code, w.window_code, w.period_month,
        coalesce(sum(x.new_1) filter (x.m < w.start_month), 0)
            - coalesce(sum(x.closed_1) filter (x.m < w.start_month), 0) as opening_1,
        coalesce(sum(x.new_1), 0) - coalesce(sum(x.closed_1), 0) as pending_1,
        sum(columns(x.* exclude (court_code, scope_code, m))) filter (x.m >= w.start_month)
    from scoped as x
    inner join windows as w on x.m <= w.period_month
    group by x.court_code, x.scope_code, w.window_code, w.period_month
)
select court_code, scope_code, window_code, period_month, unnest([
    {'indicator_code': 'QX01', 'numerator': actual_1::double, 'denominator': closed_1::double},
    {'indicator_code': 'QX02', 'numerator': actual_1, 'denominator': opening_1 + coalesce(new_1, 0)},
    {'indicator_code': 'QX03', 'numerator': suspended_1, 'denominator': closed_1},
    {'indicator_code': 'QX04', 'numerator': suspended_1, 'denominator': opening_1 + coalesce(new_1, 0)},
    {'indicator_code': 'QX05', 'numerator': pending_1, 'denominator': opening_1 + coalesce(new_1, 0)},
    {'indicator_code': 'QX06', 'numerator': recovered_1, 'denominator': claim_1},
    {'indicator_code': 'QX07', 'numerator': full_1, 'denominator': closed_1},
    {'indicator_code': 'QX08', 'numerator': terminated_1, 'denominator': closed_1},
    {'indicator_code': 'QX09', 'numerator': on_time_1, 'denominator': closed_1},
    {'indicator_code': 'QX10', 'numerator': days_1, 'denominator': closed_1},
    {'indicator_code': 'QX11', 'numerator': full_days_1, 'denominator': full_1},
    {'indicator_code': 'QX13', 'numerator': full_2, 'denominator': closed_2},
    {'indicator_code': 'QX15', 'numerator': recovered_2, 'denominator': claim_2},
    {'indicator_code': 'QX23', 'numerator': lots_sold, 'denominator': lots_ended},
    {'indicator_code': 'QX24', 'numerator': funds_paid, 'denominator': funds_due},
    {'indicator_code': 'QX25', 'numerator': entrusted_done, 'denominator': entrusted_due},
    {'indicator_code': 'QX26', 'numerator': delisting_done, 'denominator': delisting_due},
    {'indicator_code': 'SX21', 'numerator': requests_done, 'denominator': requests_due}
], recursive := true)
from sums
