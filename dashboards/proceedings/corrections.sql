-- Each statement is asked by the function of its name in the module beside this file.

-- name: known_cases
select
    case_number,
    case_id
from core.fct_enforcement_cases
where list_contains($named, case_number) and list_contains($courts, court_code)
order by case_number;

-- name: changed_since
with changes as (
    select
        court_code,
        kind,
        record_key,
        change,
        changed_columns,
        new_delivery_id as delivery_id
    from rankings.rpt_redelivery_changes
    union
    select
        court_code,
        kind,
        record_key,
        change,
        changed_columns,
        delivery_id
    from rankings.rpt_restated_records
),

named as (
    select
        c.*,
        d.file_name,
        d.received_at,
        e.case_number,
        list_contains($keys, c.record_key) or coalesce(list_contains($named, e.case_number), false) as is_named
    from changes as c
    inner join rankings.rpt_deliveries as d on c.delivery_id = d.delivery_id
    left join core.fct_enforcement_cases as e on c.kind = 'cases' and c.record_key = e.case_id
    where d.received_at > cast($since as timestamp)
),

answering as (
    select distinct delivery_id from named
    where is_named
)

select
    n.delivery_id,
    n.file_name,
    n.received_at,
    n.court_code,
    n.kind,
    n.record_key,
    n.case_number,
    n.change,
    n.changed_columns,
    n.is_named
from named as n
inner join answering as a on n.delivery_id = a.delivery_id
order by n.received_at asc, n.is_named desc, n.court_code asc, n.kind asc, n.record_key asc, n.change asc;

-- name: value_now
select
    f.value,
    r.old_value,
    r.new_value,
    r.last_file_name
from performance.fct_court_indicators as f
left join rankings.rpt_restatements as r
    on
        f.court_code = r.court_code and f.scope_code = r.scope_code and f.window_code = r.window_code
        and f.period_month = r.period_month and f.indicator_code = r.indicator_code
        and f.definition_version = r.definition_version
where
    f.court_code = $court and f.scope_code = $scope and f.window_code = $window
    and f.period_month = cast($month as date) and f.indicator_code = $indicator
    and f.definition_version = $version;

-- name: clocks
select
    node_code,
    limit_value
from core.dim_node_limits
where starts_with(node_code, 'O0')
order by node_code;
