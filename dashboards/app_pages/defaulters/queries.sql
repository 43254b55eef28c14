-- Each statement is asked by the function of its name in the module beside this file.

-- name: listings
with named as (
    select
        *,
        case $by when 'ground' then ground when 'party_kind' then party_kind else court_code end as part,
        case when period_month = cast($last as date) then 1 else 0 end as is_last
    from rankings.rpt_listing_stocks
    where
        list_contains($courts, court_code)
        and period_month between cast($first as date) and cast($last as date)
)

select
    part,
    sum(listed_count)::bigint as listed_count,
    sum(corrected_count)::bigint as corrected_count,
    sum(delisted_count)::bigint as delisted_count,
    sum(due_count)::bigint as due_count,
    sum(on_time_count)::bigint as on_time_count,
    sum(on_time_count) / nullif(sum(due_count), 0)::double as on_time_ratio,
    sum(is_last * listed_stock_count)::bigint as listed_stock_count,
    sum(is_last * undated_stock_count)::bigint as undated_stock_count,
    sum(is_last * expired_stock_count)::bigint as expired_stock_count,
    sum(is_last * overdue_to_7_count)::bigint as overdue_to_7_count,
    sum(is_last * overdue_to_30_count)::bigint as overdue_to_30_count,
    sum(is_last * overdue_over_30_count)::bigint as overdue_over_30_count,
    sum(is_last * (overdue_to_7_count + overdue_to_30_count + overdue_over_30_count))::bigint
        as overdue_count,
    sum(is_last * expiring_first_count)::bigint as expiring_first_count,
    sum(is_last * expiring_second_count)::bigint as expiring_second_count,
    sum(is_last * expiring_third_count)::bigint as expiring_third_count,
    sum(is_last * unrestricted_count)::bigint as unrestricted_count
from named
group by part
order by overdue_count desc, expired_stock_count desc, part asc;

-- name: months
select
    period_month,
    sum(listed_count)::bigint as listed,
    sum(delisted_count)::bigint as delisted
from rankings.rpt_listing_stocks
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date)
group by period_month
order by period_month;

-- name: restrictions
select
    court_code,
    sum(issued_count)::bigint as issued_count,
    sum(lifted_count)::bigint as lifted_count,
    sum(case when period_month = cast($last as date) then restricted_stock_count else 0 end)::bigint
        as restricted_stock_count
from rankings.rpt_restriction_stocks
where
    list_contains($courts, court_code)
    and period_month between cast($first as date) and cast($last as date)
group by court_code;

-- name: persons
select person_count
from rankings.rpt_listed_persons
where
    court_code = $court and scope_code = $scope and window_code = $window
    and period_month = cast($month as date);
