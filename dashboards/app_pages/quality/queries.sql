-- Each statement is asked by the function of its name in the module beside this file.

-- name: sums
-- A file of which no court is known is every province's.
with own as (
    select list(court_code) as courts
    from core.dim_courts
    where province_code = $province
)

select
    count(*) as file_count,
    coalesce(sum(case when status = 'accepted' then 1 else 0 end), 0) as accepted_file_count,
    coalesce(sum(case when status = 'refused' then 1 else 0 end), 0) as refused_file_count,
    coalesce(sum(case when status = 'duplicate' then 1 else 0 end), 0) as duplicate_file_count,
    coalesce(sum(row_count), 0) as row_count,
    coalesce(sum(accepted_count), 0) as accepted_count,
    coalesce(sum(rejected_count), 0) as rejected_count,
    coalesce(sum(held_count), 0) as held_count
from rankings.rpt_deliveries
cross join own
where
    extract_month = cast($month as date) and (
        coalesce(court_codes, '') = '' or list_has_any(string_split(court_codes, ','), own.courts)
    );

-- name: months_with_refusals
-- A file of which no court is known is every province's.
with own as (
    select list(court_code) as courts
    from core.dim_courts
    where province_code = $province
)

select
    strftime(extract_month, '%Y-%m') as month,
    sum(case when status = 'refused' then 1 else 0 end) as refused_file_count,
    sum(rejected_count) as rejected_count,
    sum(held_count) as held_count,
    sum(row_count) as row_count
from rankings.rpt_deliveries
cross join own
where
    (
        coalesce(court_codes, '') = '' or list_has_any(string_split(court_codes, ','), own.courts)
    )
group by extract_month
having sum(rejected_count + held_count) > 0 or sum(case when status = 'refused' then 1 else 0 end) > 0
order by extract_month desc;

-- name: deliveries
-- A file of which no court is known is every province's.
with own as (
    select list(court_code) as courts
    from core.dim_courts
    where province_code = $province
)

select
    kind,
    file_name,
    format,
    encoding,
    status,
    received_at,
    row_count,
    accepted_count,
    rejected_count,
    held_count,
    row_count = accepted_count + rejected_count + held_count as adds_up,
    message_zh,
    message_en,
    remedy_zh,
    remedy_en,
    extra_column_count
from rankings.rpt_deliveries
cross join own
where
    extract_month = cast($month as date) and (
        coalesce(court_codes, '') = '' or list_has_any(string_split(court_codes, ','), own.courts)
    )
order by case status when 'refused' then 0 when 'duplicate' then 1 else 2 end, kind, file_name;

-- name: rejected_rows
with own as (
    select court_code
    from core.dim_courts
    where province_code = $province
)

select
    r.court_code,
    r.kind,
    d.file_name,
    r.row_number,
    r.disposition,
    r.header,
    r.value,
    r.reason_zh,
    r.reason_en,
    r.remedy_zh,
    r.remedy_en,
    count(*) over () as total_count
from rankings.rpt_rejected_rows as r
left join rankings.rpt_deliveries as d on r.delivery_id = d.delivery_id
where
    r.extract_month = cast($month as date) and ($court = '' or r.court_code = $court)
    and (r.court_code is null or r.court_code in (
        select own.court_code
        from own
    ))
order by r.court_code nulls first, r.kind, d.file_name, r.row_number
limit $size offset $start;

-- name: gate_results
select
    kind,
    rule_code,
    rule_zh,
    rule_en,
    severity,
    checked_count,
    failed_count,
    failed_count / nullif(checked_count, 0) as failed_ratio,
    threshold,
    passed
from rankings.rpt_gate_results
where extract_month = cast($month as date)
order by passed asc, failed_count desc, kind asc, rule_code asc;

-- name: gate_failing_rows
with own as (
    select court_code
    from core.dim_courts
    where province_code = $province
)

select
    court_code,
    kind,
    rule_code,
    severity,
    row_number,
    record_key,
    column_name,
    value,
    count(*) over () as total_count
from rankings.rpt_gate_failing_rows
where
    extract_month = cast($month as date) and ($court = '' or court_code = $court)
    and court_code in (
        select own.court_code
        from own
    )
order by court_code, kind, rule_code, row_number limit $size offset $start;

-- name: redeliveries
with own as (
    select court_code
    from core.dim_courts
    where province_code = $province
)

select
    strftime(extract_month, '%Y-%m') as month,
    court_code,
    kind,
    change,
    record_key,
    changed_columns,
    count(*) over () as total_count
from rankings.rpt_redelivery_changes
where
    ($court = '' or court_code = $court)
    and court_code in (
        select own.court_code
        from own
    )
order by extract_month desc, court_code asc, kind asc, change asc, record_key asc limit $size offset $start;

-- name: flow_exceptions
with own as (
    select court_code
    from core.dim_courts
    where province_code = $province
)

select
    strftime(period_month, '%Y-%m') as month,
    court_code,
    case_number,
    exception_code,
    detail_zh,
    detail_en,
    count(*) over () as total_count
from rankings.rpt_case_flow_exceptions
where
    period_month <= cast($month as date) and ($court = '' or court_code = $court)
    and court_code in (
        select own.court_code
        from own
    )
order by period_month desc, court_code asc, case_number asc limit $size offset $start;

-- name: reported_figures
with own as (
    select court_code
    from core.dim_courts
    where province_code = $province
)

select
    r.court_code,
    r.item_code,
    r.reported_value,
    r.recomputed_value,
    r.difference,
    r.is_within,
    r.reason_zh,
    r.reason_en
from rankings.rpt_reported_figures as r
where
    r.period_month = cast($month as date) and ($court = '' or r.court_code = $court)
    and r.court_code in (
        select own.court_code
        from own
    )
order by r.is_within asc, abs(r.difference) desc nulls last, r.court_code, r.item_code asc;

-- name: delivery_grid
with own as (
    select court_code
    from core.dim_courts
    where province_code = $province
)

select
    court_code,
    kind,
    status,
    row_count,
    rejected_count + held_count as refused_count,
    last_received_at
from rankings.rpt_delivery_quality
where
    extract_month = cast($month as date)
    and court_code in (
        select own.court_code
        from own
    );
