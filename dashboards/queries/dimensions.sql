-- Each statement is asked by the function of its name in the module beside this file.

-- name: months
with span as (
    select
        min(d.period_month) as first_month,
        max(d.period_month) as last_month
    from performance.fct_court_deliveries as d
    inner join core.dim_courts as c on d.court_code = c.court_code
    where c.province_code = $province
)

select m.period_month as month
from core.dim_months as m
inner join span as s on m.period_month between s.first_month and s.last_month
order by m.period_month desc;

-- name: knows_provisional_calendars
select count(*) as column_count from system.main.duckdb_columns()
where schema_name = 'core' and table_name = 'dim_months' and column_name = 'is_calendar_provisional';

-- name: provisional_months
select period_month as month from core.dim_months
where is_calendar_provisional;

-- name: windows
select
    window_code,
    name_zh,
    name_en
from core.dim_windows
order by sort_order;

-- name: peer_groups
select distinct g.*
from core.dim_peer_groups as g
inner join core.dim_courts as c
    on g.level = c.level and (g.scope_code <> 'own' or g.peer_group = c.peer_group)
order by g.sort_order, g.peer_group;

-- name: courts
select *
from core.dim_courts
order by sort_order, court_code;

-- name: knows_court_periods
select count(*) as table_count from system.main.duckdb_tables()
where schema_name = 'core' and table_name = 'dim_court_periods';

-- name: court_periods
with several as (
    select court_code from core.dim_court_periods
    group by court_code
    having count(*) > 1
)

select p.* exclude (first_month, last_month)
from core.dim_court_periods as p
inner join several as s on p.court_code = s.court_code
inner join core.dim_courts as c on p.court_code = c.court_code
where p.first_month <= cast($month as date) and p.last_month >= cast($month as date);

-- name: members
select s.member_court_code as court_code
from core.dim_court_scopes as s
inner join core.dim_courts as c on s.member_court_code = c.court_code
where s.court_code = $court and s.scope_code = $scope
group by s.member_court_code, c.sort_order, c.court_code
order by c.sort_order, c.court_code;

-- name: members_of_months
select distinct s.member_court_code as court_code
from core.dim_court_scopes as s
where
    s.court_code = $court and s.scope_code = $scope
    and s.member_from <= cast($last as date) and s.member_to >= cast($first as date);

-- name: scopes
select distinct s.scope_code
from core.dim_court_scopes as s
where s.court_code = $court
order by s.scope_code;

-- name: indicators
with versions as (
    select
        *,
        row_number() over (partition by indicator_code order by definition_version desc) as newest
    from core.dim_indicators
)

select * from versions
where newest = 1
order by sort_order, indicator_code;

-- name: leading
select w.indicator_code
from core.dim_indicator_weights as w
where
    w.weight > 0 and w.valid_from <= cast($month as date)
    and coalesce(w.valid_to >= cast($month as date), true)
union
select s.indicator_code
from core.dim_indicator_sets as s
inner join core.dim_indicators as i on s.indicator_code = i.indicator_code
where s.set_role = 'leading' and i.direction = 'monitor';

-- name: last_deliveries
select
    court_code,
    strftime(max(extract_month), '%Y-%m') as last_month
from rankings.rpt_delivery_quality
where is_delivered
group by court_code;
