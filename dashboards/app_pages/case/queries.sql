-- Each statement is asked by the function of its name in the module beside this file.

-- name: cases
select
    case_id,
    case_number,
    court_code,
    case_type,
    cause,
    filed_date,
    closed_date,
    closing_mode,
    claim_amount,
    recovered_amount,
    original_case_number
from core.fct_enforcement_cases
where case_number = $case_number
order by court_code, filed_date, case_id limit $size offset $start;

-- name: life
with chosen as (
    select *
    from core.fct_enforcement_cases
    where case_id = $case_id
),

stations as (
    select
        court_code,
        unnest(
            [
                filed_date, notice_date, property_order_date, first_query_date, restriction_date,
                suspension_interview_date, moved_in_month, moved_out_month, closed_date
            ]
        ) as event_date,
        unnest(
            [
                'filed', 'notice', 'property_order', 'query', 'restriction',
                'interview', 'moved_in', 'moved_out', 'closed'
            ]
        ) as event_code,
        unnest([null, null, null, null, null, null, null, null, closing_mode]) as note
    from chosen
    union all
    select
        f.court_code,
        unnest([f.received_date, f.paid_date]) as event_date,
        unnest(['received', 'paid']) as event_code,
        null as note
    from core.fct_funds as f
    inner join chosen as c on f.case_id = c.case_id and f.court_code = c.court_code
    union all
    select
        l.court_code,
        l.auction_date as event_date,
        'auction' as event_code,
        l.result as note
    from core.fct_auction_lots as l
    inner join chosen as c on l.case_id = c.case_id and l.court_code = c.court_code
    union all
    select
        n.court_code,
        cast(case when n.is_seizure = 1 then n.started_at else n.ended_at end + interval 8 hours as date) as event_date,
        case when n.is_seizure = 1 then 'seizure' else 'node' end as event_code,
        n.node_code as note
    from core.fct_nodes as n
    inner join chosen as c on n.case_id = c.case_id and n.court_code = c.court_code
    union all
    select
        q.court_code,
        cast(q.sent_at + interval 8 hours as date) as event_date,
        'control' as event_code,
        concat_ws(' ', q.unit_type, q.matter) as note
    from core.fct_linkage_requests as q
    inner join chosen as c on q.case_id = c.case_id and q.court_code = c.court_code
    where q.matter <> '查询'
    union all
    select
        s.court_code,
        unnest([s.suspended_date, s.resumed_date]) as event_date,
        unnest(['suspended', 'resumed']) as event_code,
        null as note
    from core.fct_suspensions as s
    inner join chosen as c on s.case_id = c.case_id and s.court_code = c.court_code
    union all
    select
        r.court_code,
        r.done_date as event_date,
        'recheck' as event_code,
        null as note
    from core.fct_suspension_rechecks as r
    inner join chosen as c on r.case_id = c.case_id and r.court_code = c.court_code
    union all
    select
        d.court_code,
        unnest([d.published_date, d.delisted_date]) as event_date,
        unnest(['listed', 'delisted']) as event_code,
        null as note
    from core.fct_defaulter_listings as d
    inner join chosen as c on d.case_number = c.case_number and d.court_code = c.court_code
    union all
    select
        g.court_code,
        g.event_month as event_date,
        'check' as event_code,
        g.check_code as note
    from rankings.rpt_gaming_cases as g
    inner join chosen as c on g.case_id = c.case_id and g.court_code = c.court_code
)

select distinct
    court_code,
    cast(event_date as date) as event_date,
    event_code,
    note
from stations
where event_date is not null
order by event_date, event_code, note limit $size offset $start;

-- name: checks
with met as (
    select
        court_code,
        check_code as code,
        event_month,
        max(flag) as result,
        max(detail_zh) as detail_zh,
        max(detail_en) as detail_en,
        1 as sort_group
    from rankings.rpt_gaming_cases
    where case_id = $case_id
    group by court_code, check_code, event_month
    union all
    select
        court_code,
        check_id as code,
        suspended_month as event_month,
        result,
        reason_zh as detail_zh,
        reason_en as detail_en,
        2 as sort_group
    from core.fct_suspension_checks
    where case_id = $case_id
)

select
    m.court_code,
    m.code,
    m.event_month,
    m.result,
    m.detail_zh,
    m.detail_en,
    coalesce(g.name_zh, s.name_zh) as name_zh,
    coalesce(g.name_en, s.name_en) as name_en
from met as m
left join core.dim_gaming_checks as g on m.sort_group = 1 and m.code = g.check_code
left join core.dim_suspension_checks as s on m.sort_group = 2 and m.code = s.check_id
order by m.sort_group, m.event_month, m.code limit $size offset $start;

-- name: names
select
    check_code as code,
    name_zh,
    name_en
from core.dim_gaming_checks
union all
select
    node_code as code,
    name_zh,
    name_en
from core.dim_node_limits;
