-- Each statement is asked by the function of its name in the module beside this file.

-- name: flags
select
    g.check_code,
    g.court_code,
    g.flag,
    g.value,
    g.n,
    g.hit_count,
    g.peer_median,
    d.name_zh,
    d.name_en,
    coalesce(g.innocent_zh, d.innocent_zh) as innocent_zh,
    coalesce(g.innocent_en, d.innocent_en) as innocent_en
from rankings.rpt_gaming_checks as g
inner join core.dim_gaming_checks as d on g.check_code = d.check_code
inner join core.dim_courts as c on g.court_code = c.court_code
where c.province_code = $province and g.period_month = cast($month as date) and g.flag in ('watch', 'alert')
order by g.flag, c.sort_order, d.sort_order;

-- name: open_items
select
    i.court_code,
    i.problem_class,
    i.found_date,
    i.due_date,
    i.due_date <= last_day(cast($month as date)) as is_overdue,
    i.due_date > last_day(cast($month as date))
    and i.due_date <= last_day(cast(cast($month as date) + interval 1 month as date)) as is_due_next
from core.fct_rectifications as i
inner join core.dim_courts as c on i.court_code = c.court_code
where
    c.province_code = $province and i.found_date <= last_day(cast($month as date))
    and (i.written_off_date is null or i.written_off_date > last_day(cast($month as date)))
order by i.due_date, c.sort_order, i.item_id;
