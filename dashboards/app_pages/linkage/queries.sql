-- Each statement is asked by the function of its name in the module beside this file.

-- name: responses
with named as (
    select
        *,
        case $by
            when 'unit_type' then unit_type when 'channel' then channel when 'matter' then matter
            when 'court_code' then court_code else unit_type || '|' || matter
        end as part,
        case when period_month = cast($last as date) then 1 else 0 end as is_last
    from rankings.rpt_linkage_responses
    where
        list_contains($courts, court_code)
        and period_month between cast($first as date) and cast($last as date)
),

sums as (
    select
        part,
        sum(sent_count)::bigint as sent_count,
        sum(sent_done_count)::bigint as sent_done_count,
        sum(sent_partly_done_count)::bigint as sent_partly_done_count,
        sum(sent_nothing_found_count)::bigint as sent_nothing_found_count,
        sum(sent_refused_count)::bigint as sent_refused_count,
        sum(due_count)::bigint as due_count,
        sum(on_time_count)::bigint as on_time_count,
        sum(is_last * open_count)::bigint as open_count,
        sum(is_last * undated_count)::bigint as undated_count,
        sum(is_last * not_yet_due_count)::bigint as not_yet_due_count,
        sum(is_last * overdue_to_7_count)::bigint as overdue_to_7_count,
        sum(is_last * overdue_to_30_count)::bigint as overdue_to_30_count,
        sum(is_last * overdue_to_90_count)::bigint as overdue_to_90_count,
        sum(is_last * overdue_over_90_count)::bigint as overdue_over_90_count
    from named
    group by part
),

shared as (
    select
        *,
        nullif(due_count, 0)::double as n,
        on_time_count / nullif(due_count, 0)::double as on_time_ratio,
        overdue_to_7_count + overdue_to_30_count + overdue_to_90_count + overdue_over_90_count
            as overdue_count,
        1.959964 as z
    from sums
)

select
    * exclude (n, z),
    (
        on_time_ratio + z * z / (2 * n)
        - z * sqrt(on_time_ratio * (1 - on_time_ratio) / n + z * z / (4 * n * n))
    )
    / (1 + z * z / n) as on_time_low,
    (
        on_time_ratio + z * z / (2 * n)
        + z * sqrt(on_time_ratio * (1 - on_time_ratio) / n + z * z / (4 * n * n))
    )
    / (1 + z * z / n) as on_time_high
from shared
order by overdue_count desc, part asc;

-- name: unanswered
select
    period_month,
    sum(overdue_over_90_count)::bigint as overdue_over_90,
    sum(overdue_to_90_count)::bigint as overdue_to_90,
    sum(overdue_to_30_count)::bigint as overdue_to_30,
    sum(overdue_to_7_count)::bigint as overdue_to_7,
    sum(not_yet_due_count)::bigint as not_yet_due
from rankings.rpt_linkage_responses
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date)
group by period_month
order by period_month;

-- name: entrustments
with named as (
    select
        *,
        case when period_month = cast($last as date) then 1 else 0 end as is_last
    from rankings.rpt_entrustment_responses
    where
        list_contains($courts, court_code)
        and period_month between cast($first as date) and cast($last as date)
)

select
    court_code,
    sum(accepted_count)::bigint as accepted_count,
    sum(due_count)::bigint as due_count,
    sum(on_time_count)::bigint as on_time_count,
    sum(completed_count)::bigint as completed_count,
    sum(on_time_count) / nullif(sum(due_count), 0)::double as on_time_ratio,
    sum(is_last * open_count)::bigint as open_count,
    sum(is_last * undated_count)::bigint as undated_count,
    sum(is_last * not_yet_due_count)::bigint as not_yet_due_count,
    sum(is_last * overdue_to_7_count)::bigint as overdue_to_7_count,
    sum(is_last * overdue_to_30_count)::bigint as overdue_to_30_count,
    sum(is_last * overdue_over_30_count)::bigint as overdue_over_30_count
from named
group by court_code
order by sum(is_last * (overdue_to_7_count + overdue_to_30_count + overdue_over_30_count)) desc, court_code;

-- name: rounds
select
    round,
    sum(held_count)::bigint as held_count,
    sum(sold_count)::bigint as sold_count,
    sum(unsold_count)::bigint as unsold_count,
    sum(withdrawn_count)::bigint as withdrawn_count,
    sum(stayed_count)::bigint as stayed_count,
    sum(held_count - sold_count - unsold_count - withdrawn_count - stayed_count)::bigint as pending_count,
    sum(starting_amount)::double as starting_amount,
    sum(deal_amount)::double as deal_amount
from rankings.rpt_auction_rounds
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date)
group by round
order by case round when '一拍' then 1 when '二拍' then 2 else 3 end;

-- name: activities
select
    court_code,
    activity,
    sum(activity_count)::bigint as times,
    sum(person_count)::bigint as persons,
    sum(amount)::double as amount
from rankings.rpt_linkage_activities
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date)
group by court_code, activity
order by activity, court_code;
