-- Each statement is asked by the function of its name in the module beside this file.

-- name: closings
with counted as (
    select
        period_month,
        count(*) as value_count,
        count(*) filter (where value_label = 'official') as official_count,
        count(*) filter (where value_label = 'restated') as restated_count,
        count(*) filter (where value_label = 'may_be_amended') as amendable_count
    from performance.fct_published_values
    where
        province_code = $province and is_in_force and window_code = 'month'
        and period_month <= cast($month as date)
    group by period_month
)

select
    strftime(m.period_month, '%Y-%m') as month,
    m.is_closed,
    m.closed_because,
    m.deliveries_expected,
    m.deliveries_missing,
    coalesce(c.value_count, 0) as value_count,
    coalesce(c.official_count, 0) as official_count,
    coalesce(c.restated_count, 0) as restated_count,
    coalesce(c.amendable_count, 0) as amendable_count
from performance.fct_month_closings as m
left join counted as c on m.period_month = c.period_month
where m.province_code = $province and m.period_month <= cast($month as date)
order by m.period_month desc;

-- name: restated
with units as (
    select
        indicator_code,
        any_value(unit) as unit
    from core.dim_indicators
    group by indicator_code
)

select
    strftime(r.period_month, '%Y-%m') as month,
    r.court_code,
    r.scope_code,
    r.indicator_code,
    i.unit,
    r.definition_version,
    r.old_value,
    r.new_value,
    r.value_difference,
    r.old_numerator,
    r.new_numerator,
    r.old_denominator,
    r.new_denominator,
    r.old_status,
    r.new_status,
    r.old_rank,
    r.new_rank,
    r.cause_zh,
    r.cause_en,
    r.delivery_count,
    r.added_count,
    r.removed_count,
    r.changed_count,
    r.last_file_name,
    r.last_received_at,
    r.old_snapshot_id,
    count(*) over () as total_count
from rankings.rpt_restatements as r
inner join core.dim_courts as c on r.court_code = c.court_code
left join units as i on r.indicator_code = i.indicator_code
where
    r.window_code = $window and r.period_month <= cast($month as date)
    and r.court_code in (select unnest($courts))
    and (r.scope_code = 'own' or (r.court_code = $court and r.scope_code = $scope))
order by r.period_month desc, c.sort_order asc, r.scope_code asc, r.indicator_code asc, r.definition_version asc
limit $size offset $start;

-- name: restated_records
with paged as (
    select
        *,
        count(*) over () as total_count
    from rankings.rpt_restated_records
    where extract_month <= cast($month as date) and court_code in (select unnest($courts))
    order by extract_month desc, court_code asc, kind asc, record_key asc, received_at asc limit $size offset $start
)

select
    strftime(r.extract_month, '%Y-%m') as month,
    r.court_code,
    r.kind,
    r.change,
    r.record_key,
    e.case_number,
    r.changed_columns,
    r.cause_code,
    r.file_name,
    r.received_at,
    r.total_count
from paged as r
left join core.fct_enforcement_cases as e on r.case_id = e.case_id
order by r.extract_month desc, r.court_code asc, r.kind asc, r.record_key asc, r.received_at asc;

-- name: readings
with newest as (
    select * from core.dim_indicators
    qualify row_number() over (partition by indicator_code order by definition_version desc) = 1
)

select
    n.indicator_code,
    n.definition_version,
    o.indicator_code as other_code,
    o.definition_version as other_version,
    'version' as kind,
    n.sort_order
from newest as n
inner join core.dim_indicators as o
    on n.indicator_code = o.indicator_code and n.definition_version > o.definition_version
union all
select
    n.indicator_code,
    n.definition_version,
    o.indicator_code as other_code,
    o.definition_version as other_version,
    'alternative' as kind,
    n.sort_order
from newest as n
inner join newest as o on n.indicator_code = o.variant_of
order by sort_order, other_code, other_version;

-- name: definitions
select
    indicator_code,
    definition_version,
    name_zh,
    name_en,
    formula_zh,
    formula_en,
    definition_zh,
    definition_en,
    unit,
    valid_from,
    superseded_from
from core.dim_indicators
where indicator_code = $indicator or variant_of = $indicator
order by variant_of asc nulls first, definition_version desc, indicator_code asc;

-- name: both
with variants as (
    select distinct
        indicator_code,
        variant_of
    from core.dim_indicators
)

select
    f.indicator_code,
    f.definition_version,
    f.period_month,
    f.value,
    f.numerator,
    f.denominator,
    f.is_in_force,
    f.case_count
from performance.fct_court_indicators as f
inner join variants as i
    on f.indicator_code = i.indicator_code
where
    (i.indicator_code = $indicator or i.variant_of = $indicator)
    and f.court_code = $court and f.scope_code = $scope and f.window_code = $window
    and f.period_month <= cast($month as date) and f.period_month > cast($month as date) - interval 12 month
order by i.variant_of asc nulls first, f.indicator_code asc, f.definition_version desc, f.period_month asc;

-- name: returns
select
    item_code,
    max(tolerance) as tolerance,
    count(*) as return_count,
    count(*) filter (where is_within) as within_count,
    count(*) filter (where not is_within) as differing_count,
    count(*) filter (where is_within is null) as not_comparable_count,
    max(abs(difference)) filter (where not is_within) as largest_difference
from rankings.rpt_reported_figures
where
    court_code in (select unnest($courts))
    and period_month between cast($first as date) and cast($last as date)
group by item_code
order by differing_count desc, item_code asc;

-- name: differing_returns
select
    strftime(r.period_month, '%Y-%m') as month,
    r.court_code,
    r.item_code,
    r.reported_value,
    r.recomputed_value,
    r.difference,
    r.tolerance,
    r.reason_zh,
    r.reason_en,
    count(*) over () as total_count
from rankings.rpt_reported_figures as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    not r.is_within and r.court_code in (select unnest($courts))
    and r.period_month between cast($first as date) and cast($last as date)
order by r.period_month desc, c.sort_order asc, r.item_code asc limit $size offset $start;

-- name: published
select
    figure_code,
    scope_zh,
    scope_en,
    strftime(first_month, '%Y-%m') as first_month,
    strftime(last_month, '%Y-%m') as last_month,
    name_zh,
    name_en,
    unit,
    published_value,
    recalculated_value,
    value_difference,
    allowed_difference,
    is_within,
    implied_value,
    implied_difference,
    is_consistent,
    reason_code,
    reason_zh,
    reason_en,
    note_zh,
    note_en,
    source
from rankings.rpt_published_figures
order by is_consistent nulls last, is_within nulls last, figure_code;
