-- Each statement is asked by the function of its name in the module beside this file.

-- name: catalogue
select
    check_code,
    name_zh,
    name_en,
    practice_zh,
    practice_en,
    shows_zh,
    shows_en,
    computed_zh,
    computed_en,
    indicator_code,
    is_checkable,
    not_checkable_zh,
    not_checkable_en,
    window_months,
    min_trials,
    threshold_zh,
    threshold_en,
    innocent_zh,
    innocent_en,
    innocent_small_zh,
    innocent_small_en
from core.dim_gaming_checks
order by sort_order, check_code;

-- name: results
select
    r.check_code,
    r.court_code,
    r.value,
    r.n,
    r.hit_count,
    r.own_base,
    r.own_base_n,
    r.peer_median,
    r.peer_share,
    r.peer_score,
    r.own_score,
    r.innocent_zh,
    r.innocent_en,
    r.flag,
    r.indicator_code
from rankings.rpt_gaming_checks as r
inner join core.dim_courts as c on r.court_code = c.court_code
inner join core.dim_gaming_checks as g on r.check_code = g.check_code
where c.province_code = $province and r.period_month = cast($month as date)
order by g.sort_order, c.sort_order;

-- name: history
select
    strftime(r.period_month, '%Y-%m') as month,
    count(*) filter (where r.flag = 'alert') as alert_count,
    count(*) filter (where r.flag = 'watch') as watch_count,
    count(*) as looked_count
from rankings.rpt_gaming_checks as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    c.province_code = $province and r.period_month <= cast($month as date)
    and r.period_month > cast($month as date) - to_months($months)
group by r.period_month
order by r.period_month;

-- name: cases
select
    r.court_code,
    r.check_code,
    r.flag,
    strftime(r.event_month, '%Y-%m') as event_month,
    r.case_number,
    r.case_id,
    r.detail_zh,
    r.detail_en,
    count(*) over () as total_count
from rankings.rpt_gaming_cases as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    c.province_code = $province and r.period_month = cast($month as date)
    and ($court = '' or r.court_code = $court) and ($check = '' or r.check_code = $check)
order by c.sort_order asc, r.check_code asc, r.event_month desc, r.case_id asc, r.detail_zh asc
limit $size offset $start;
