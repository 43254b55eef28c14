-- Each statement is asked by the function of its name in the module beside this file.

-- name: changed
select
    f.court_code,
    f.indicator_code,
    f.definition_version,
    f.value,
    f.value_change,
    n.judged_status as status,
    n.is_change_significant,
    i.unit,
    i.direction
from performance.fct_court_indicators as f
inner join performance.fct_court_intervals as n
    on
        f.court_code = n.court_code and f.scope_code = n.scope_code and f.window_code = n.window_code
        and f.period_month = n.period_month and f.indicator_code = n.indicator_code
        and f.definition_version = n.definition_version
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
inner join core.dim_courts as c on f.court_code = c.court_code
where
    f.scope_code = 'own' and f.window_code = $window and f.period_month = cast($month as date) and f.is_in_force
    and c.province_code = $province and n.is_change_significant and f.value_change is not null
    and i.valid_from <= f.period_month - interval 1 month
order by i.sort_order, f.indicator_code, c.sort_order;

-- name: flagged
with chosen as (
    select
        g.*,
        g.period_month = cast($month as date) as is_now
    from rankings.rpt_gaming_checks as g
    where
        g.flag <> 'none'
        and g.period_month between cast($month as date) - interval 1 month and cast($month as date)
)

select
    g.court_code,
    g.check_code,
    g.flag,
    d.name_zh,
    d.name_en
from chosen as g
inner join core.dim_gaming_checks as d on g.check_code = d.check_code
inner join core.dim_courts as c on g.court_code = c.court_code
left join chosen as b
    on g.court_code = b.court_code and g.check_code = b.check_code and g.flag = b.flag and not b.is_now
where g.is_now and b.court_code is null and c.province_code = $province
order by d.sort_order, c.sort_order;

-- name: missing
select
    q.court_code,
    q.kind,
    q.status
from rankings.rpt_delivery_quality as q
inner join core.dim_courts as c on q.court_code = c.court_code
where
    q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
    and q.status in ('not_delivered', 'late')
order by c.sort_order, q.kind;

-- name: restated
select
    r.court_code,
    r.indicator_code,
    r.last_delivery_id as delivery,
    min(r.period_month) as first_month,
    max(r.period_month) as last_month,
    count(*) as month_count
from rankings.rpt_restatements as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    r.window_code = $window and r.scope_code = 'own' and r.is_value_restated and c.province_code = $province
    and r.last_delivery_id is not null
group by r.court_code, r.indicator_code, r.last_delivery_id, c.sort_order
order by c.sort_order, r.indicator_code, r.last_delivery_id;
