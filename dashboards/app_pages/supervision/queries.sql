-- Each statement is asked by the function of its name in the module beside this file.

-- name: ledger
select
    problem_class,
    found_by,
    ledger_count,
    found_count,
    written_off_count,
    due_count,
    on_time_count,
    open_count,
    overdue_count
from rankings.rpt_rectification_rates
where
    court_code = $court and scope_code = $scope and window_code = $window
    and period_month = cast($month as date)
order by problem_class, found_by;

-- name: by_court
select
    r.court_code,
    sum(r.ledger_count) as ledger_count,
    sum(r.found_count) as found_count,
    sum(r.written_off_count) as written_off_count,
    sum(r.due_count) as due_count,
    sum(r.on_time_count) as on_time_count,
    sum(r.on_time_count) / nullif(sum(r.due_count), 0) as on_time_ratio,
    sum(r.open_count) as open_count,
    sum(r.overdue_count) as overdue_count
from rankings.rpt_rectification_rates as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    r.scope_code = 'own' and r.window_code = $window and r.period_month = cast($month as date)
    and r.court_code in (select unnest($courts))
group by r.court_code, c.sort_order
order by c.sort_order, r.court_code;

-- name: ageing
select
    age_band,
    sum(open_count) as open_count,
    sum(overdue_count) as overdue_count,
    max(oldest_age_days) as oldest_age_days,
    max(longest_overdue_days) as longest_overdue_days
from rankings.rpt_rectification_ageing
where court_code in (select unnest($courts)) and period_month = cast($month as date)
group by age_band;

-- name: items
with units as (
    select
        indicator_code,
        any_value(unit) as unit
    from core.dim_indicators
    group by indicator_code
),

placed as (
    select
        r.*,
        c.sort_order,
        case
            when coalesce(r.written_off_date > last_day(cast($last as date)), true)
                then case when r.due_date <= last_day(cast($last as date)) then 'overdue' else 'open' end
            when r.written_off_date > r.due_date then 'written_off_late'
            else 'written_off'
        end as status
    from rankings.rpt_rectification_items as r
    inner join core.dim_courts as c on r.court_code = c.court_code
    where
        r.court_code in (select unnest($courts)) and r.found_date <= last_day(cast($last as date))
        and coalesce(r.written_off_date >= cast($first as date), true)
)

select
    p.item_id,
    p.court_code,
    p.problem_class,
    p.found_by,
    p.found_date,
    p.due_date,
    case when p.status in ('written_off', 'written_off_late') then p.written_off_date end as written_off_date,
    p.status,
    p.indicator_code,
    i.unit,
    p.found_value,
    p.last_value,
    p.value_change,
    p.found_status,
    p.last_status,
    p.found_rank,
    p.last_rank,
    count(*) over () as total_count
from placed as p
left join units as i on p.indicator_code = i.indicator_code
where $status = '' or p.status = $status
order by
    list_position(['overdue', 'open', 'written_off_late', 'written_off'], p.status), p.due_date,
    p.sort_order, p.item_id
limit $size offset $start;

-- name: candidates
with raised as (
    select
        s.court_code,
        s.indicator_code,
        'streak' as raised_by,
        cast(null as varchar) as check_code,
        s.first_month,
        s.month_count,
        cast(null as varchar) as flag
    from rankings.rpt_ranking_streaks as s
    inner join core.dim_peer_groups as g on s.peer_group = g.peer_group and g.scope_code = 'own'
    where
        $is_ranked and s.streak_code = 'bottom' and s.window_code = $window
        and s.period_month = cast($month as date)
    union all
    select
        court_code,
        indicator_code,
        'flag' as raised_by,
        check_code,
        period_month as first_month,
        null as month_count,
        flag
    from rankings.rpt_gaming_checks
    where flag <> 'none' and period_month = cast($month as date)
),

matched as (
    select
        r.*,
        c.sort_order,
        exists(
            select 1 from core.fct_rectifications as i
            where
                i.court_code = r.court_code and i.indicator_code = r.indicator_code
                and i.found_date <= last_day(cast($month as date))
                and coalesce(i.written_off_date > last_day(cast($month as date)), true)
        ) as is_answered,
        count(*) over () as raised_count
    from raised as r
    inner join core.dim_courts as c on r.court_code = c.court_code
    where r.court_code in (select unnest($courts))
)

select
    m.court_code,
    m.raised_by,
    m.indicator_code,
    m.check_code,
    g.name_zh,
    g.name_en,
    m.flag,
    strftime(m.first_month, '%Y-%m') as since,
    m.month_count,
    m.raised_count,
    count(*) over () as total_count
from matched as m
left join core.dim_gaming_checks as g on m.check_code = g.check_code
where not m.is_answered
order by m.sort_order, m.raised_by, m.indicator_code, m.check_code limit $size offset $start;
