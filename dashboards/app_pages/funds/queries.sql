-- Each statement is asked by the function of its name in the module beside this file.

-- name: held
select
    court_code,
    period_month,
    age_band,
    held_count,
    held_amount::double as held_amount,
    largest_amount::double as largest_amount
from rankings.rpt_fund_ageing
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date);

-- name: movements
select
    court_code,
    period_month,
    received_count,
    received_amount::double as received_amount,
    largest_received_amount::double as largest_received_amount,
    paid_count,
    paid_amount::double as paid_amount,
    paid_to_3_amount::double as paid_to_3_amount,
    paid_to_10_amount::double as paid_to_10_amount,
    paid_to_30_amount::double as paid_to_30_amount,
    paid_over_30_amount::double as paid_over_30_amount
from rankings.rpt_fund_movements
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date);

-- name: overdue
select
    court_code,
    fund_id,
    case_number,
    received_date,
    due_date,
    date_diff('day', due_date, last_day(cast($month as date))) as overdue_days,
    received_amount::double as received_amount,
    (case when paid_month <= cast($month as date) then residual_amount else received_amount end)::double
        as held_amount,
    count(*) over () as total_count
from rankings.rpt_overdue_funds
where
    list_contains($courts, court_code) and overdue_from_month <= cast($month as date)
    and coalesce(overdue_until_month > cast($month as date), true)
order by held_amount desc, fund_id asc
limit $size offset $start;
