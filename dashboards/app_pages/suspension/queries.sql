-- Each statement is asked by the function of its name in the module beside this file.

-- name: flows
select
    stage_code,
    lens,
    flow_effect,
    case_count
from rankings.rpt_case_flows
where
    court_code = $court and scope_code = $scope and case_scope = $case_scope
    and window_code = $window and period_month = cast($month as date)
order by sort_order;

-- name: compliance
with counted as (
    select
        check_id,
        sum(passed_count) as passed_count,
        sum(failed_count) as failed_count,
        sum(not_checkable_count) as not_checkable_count
    from rankings.rpt_suspension_compliance
    where
        court_code in (select unnest($courts))
        and period_month between cast($first as date) and cast($last as date)
    group by check_id
)

select
    d.check_id,
    d.name_zh,
    d.name_en,
    d.legal_basis,
    d.coverage,
    d.condition_zh,
    d.condition_en,
    d.carried_zh,
    d.carried_en,
    coalesce(c.passed_count, 0)::bigint as passed_count,
    coalesce(c.failed_count, 0)::bigint as failed_count,
    coalesce(c.not_checkable_count, 0)::bigint as not_checkable_count
from core.dim_suspension_checks as d
left join counted as c on d.check_id = c.check_id
order by d.sort_order;

-- name: check_names
select
    check_id,
    name_zh,
    name_en
from core.dim_suspension_checks
order by sort_order;

-- name: verdicts
select
    coalesce(sum(suspended_count), 0)::bigint as suspended_count,
    coalesce(sum(compliant_count), 0)::bigint as compliant_count,
    coalesce(sum(not_compliant_count), 0)::bigint as not_compliant_count,
    coalesce(sum(not_checkable_count), 0)::bigint as not_checkable_count,
    coalesce(sum(source_compliant_count), 0)::bigint as source_compliant_count,
    coalesce(sum(source_stated_count), 0)::bigint as source_stated_count,
    coalesce(sum(agree_count), 0)::bigint as agree,
    coalesce(sum(source_compliant_only_count), 0)::bigint as source_compliant_only,
    coalesce(sum(computed_compliant_only_count), 0)::bigint as computed_compliant_only,
    coalesce(sum(source_silent_count), 0)::bigint as source_silent,
    coalesce(sum(not_compared_count), 0)::bigint as not_compared
from rankings.rpt_suspension_verdicts
where
    court_code in (select unnest($courts))
    and period_month between cast($first as date) and cast($last as date);

-- name: failing
select
    f.case_number,
    f.court_code,
    f.suspended_date,
    f.check_id,
    d.name_zh,
    d.name_en,
    f.reason_zh,
    f.reason_en,
    f.is_compliant_source = 1 as source_compliant,
    count(*) over () as total_count
from rankings.rpt_suspension_failures as f
inner join core.dim_suspension_checks as d on f.check_id = d.check_id
where
    ($check = '' or f.check_id = $check) and f.court_code in (select unnest($courts))
    and f.period_month between cast($first as date) and cast($last as date)
order by f.period_month desc, f.court_code asc, f.case_id asc, f.check_id asc limit $size offset $start;

-- name: differences
select
    r.case_number,
    r.court_code,
    strftime(suspended_month, '%Y-%m') as suspended_month,
    r.difference_code,
    nullif(check_id, 'none') as check_id,
    r.detail_zh,
    r.detail_en,
    count(*) over () as total_count
from rankings.rpt_suspension_differences as r
where
    r.court_code in (select unnest($courts))
    and r.suspended_month between cast($first as date) and cast($last as date)
order by r.suspended_month desc, r.court_code asc, r.case_id asc, r.check_id asc limit $size offset $start;

-- name: recheck_months
select
    strftime(period_month, '%Y-%m') as month,
    sum(due_count)::bigint as due_count,
    sum(on_time_count)::bigint as on_time_count,
    sum(late_count)::bigint as late_count,
    sum(missed_count)::bigint as missed_count
from rankings.rpt_recheck_duties
where
    court_code in (select unnest($courts))
    and period_month between cast($first as date) and cast($last as date)
group by period_month
order by period_month;

-- name: missed_rechecks
select
    case_number,
    court_code,
    suspended_date,
    duty_number,
    due_date,
    count(*) over () as total_count
from rankings.rpt_missed_rechecks
where
    court_code in (select unnest($courts))
    and period_month between cast($first as date) and cast($last as date)
order by due_date, court_code, case_id, duty_number limit $size offset $start;

-- name: cohorts
select
    strftime(cohort_month, '%Y-%m') as cohort_month,
    months_since,
    suspended_count,
    resumed_count,
    satisfied_count,
    resumed_ratio,
    satisfied_ratio
from rankings.rpt_resumption_cohorts
where
    court_code = $court and scope_code = $scope and period_month <= cast($month as date)
    and cohort_month > cast($month as date) - to_months($most)
order by cohort_month, months_since;

-- name: resumptions
select
    coalesce(sum(resumption_count), 0)::bigint as resumption_count,
    coalesce(sum(linked_count), 0)::bigint as linked_count,
    max(median_days) as median_days
from rankings.rpt_resumption_delays
where
    court_code = $court and scope_code = $scope and window_code = $window
    and period_month = cast($month as date);

-- name: unlinked
select
    case_number,
    court_code,
    strftime(period_month, '%Y-%m') as month,
    original_case_number,
    link_status,
    detail_zh,
    detail_en,
    count(*) over () as total_count
from rankings.rpt_unlinked_resumptions
where
    court_code in (select unnest($courts))
    and period_month between cast($first as date) and cast($last as date)
order by period_month desc, court_code asc, case_id asc limit $size offset $start;
