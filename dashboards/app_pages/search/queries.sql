-- Each statement is asked by the function of its name in the module beside this file.

-- name: cases
select
    case_number,
    court_code,
    cause,
    filed_date,
    closed_date,
    closing_mode
from core.fct_enforcement_cases
where case_number = $case_number
order by court_code, filed_date, case_id limit $size offset $start;

-- name: life
with chosen as (
    select *
    from core.fct_enforcement_cases
    where case_number = $case_number
),

stations as (
    select
        court_code,
        filed_date as event_date,
        'filed' as event_code,
        cast(null as varchar) as note
    from chosen
    union all
    select
        court_code,
        notice_date as event_date,
        'notice' as event_code,
        cast(null as varchar) as note
    from chosen
    union all
    select
        court_code,
        first_query_date as event_date,
        'query' as event_code,
        cast(null as varchar) as note
    from chosen
    union all
    select
        court_code,
        restriction_date as event_date,
        'restriction' as event_code,
        cast(null as varchar) as note
    from chosen
    union all
    select
        court_code,
        closed_date as event_date,
        'closed' as event_code,
        closing_mode as note
    from chosen
    union all
    select
        f.court_code,
        f.received_date as event_date,
        'received' as event_code,
        cast(null as varchar) as note
    from core.fct_funds as f
    inner join chosen as c on f.case_id = c.case_id and f.court_code = c.court_code
    union all
    select
        f.court_code,
        f.paid_date as event_date,
        'paid' as event_code,
        cast(null as varchar) as note
    from core.fct_funds as f
    inner join chosen as c on f.case_id = c.case_id and f.court_code = c.court_code
    union all
    select
        l.court_code,
        l.auction_date as event_date,
        'auction' as event_code,
        cast(null as varchar) as note
    from core.fct_auction_lots as l
    inner join chosen as c on l.case_id = c.case_id and l.court_code = c.court_code
    union all
    select
        r.court_code,
        r.done_date as event_date,
        'recheck' as event_code,
        cast(null as varchar) as note
    from core.fct_suspension_rechecks as r
    inner join chosen as c on r.case_id = c.case_id and r.court_code = c.court_code
    union all
    select
        s.court_code,
        s.resumed_date as event_date,
        'resumed' as event_code,
        cast(null as varchar) as note
    from core.fct_suspensions as s
    inner join chosen as c on s.case_id = c.case_id and s.court_code = c.court_code
    union all
    select
        court_code,
        published_date as event_date,
        'listed' as event_code,
        cast(null as varchar) as note
    from core.fct_defaulter_listings
    where case_number = $case_number
    union all
    select
        court_code,
        delisted_date as event_date,
        'delisted' as event_code,
        cast(null as varchar) as note
    from core.fct_defaulter_listings
    where case_number = $case_number
    union all
    select
        g.court_code,
        g.event_month as event_date,
        'check' as event_code,
        g.check_code as note
    from rankings.rpt_gaming_cases as g
    inner join chosen as c on g.case_id = c.case_id and g.court_code = c.court_code
)

select
    court_code,
    cast(event_date as date) as event_date,
    event_code,
    note
from stations
where event_date is not null
order by court_code, event_date, event_code limit $size offset $start;

-- name: checks
select
    check_code,
    name_zh,
    name_en
from core.dim_gaming_checks
order by sort_order;
