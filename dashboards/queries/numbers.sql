-- Each statement is asked by the function of its name in the module beside this file.

-- name: versions
select
    f.indicator_code,
    f.definition_version,
    f.is_in_force,
    f.numerator,
    f.denominator,
    f.value,
    f.status,
    f.case_count,
    f.min_denominator,
    f.months_in_window,
    f.months_expected,
    f.deliveries_expected,
    f.deliveries_missing,
    f.value_change,
    i.unit,
    i.direction,
    i.numerator_measure,
    i.denominator_measure,
    i.numerator_scope,
    i.denominator_scope,
    i.denominator_kind,
    v.value_low,
    v.value_high,
    v.interval_method,
    v.top_ten_share,
    v.is_concentrated,
    v.value_without_largest,
    coalesce(v.judged_status, f.status) as judged_status,
    v.doubt_code,
    r.peer_group,
    r.rank,
    r.ranked_count,
    r.rank_low,
    r.rank_high,
    r.interval_status,
    p.value_label
from performance.fct_court_indicators as f
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
left join performance.fct_court_intervals as v
    on
        f.court_code = v.court_code and f.scope_code = v.scope_code and f.window_code = v.window_code
        and f.period_month = v.period_month and f.indicator_code = v.indicator_code
        and f.definition_version = v.definition_version
left join rankings.rpt_court_rankings as r
    on
        f.court_code = r.court_code and f.scope_code = r.scope_code and f.window_code = r.window_code
        and f.period_month = r.period_month and f.indicator_code = r.indicator_code and f.is_in_force
left join performance.fct_published_values as p
    on
        f.court_code = p.court_code and f.scope_code = p.scope_code and f.window_code = p.window_code
        and f.period_month = p.period_month and f.indicator_code = p.indicator_code
        and f.definition_version = p.definition_version
where
    f.court_code = $court and f.scope_code = $scope and f.window_code = $window
    and f.period_month = cast($month as date) and f.indicator_code = $indicator
order by f.is_in_force desc, f.definition_version desc;

-- name: components
select
    minuend_code,
    subtrahend_code
from core.dim_derived_indicators
where indicator_code = $indicator;

-- name: months
select
    m.measure_code,
    m.name_zh,
    m.name_en,
    m.unit,
    m.window_rule,
    m.extract_kind,
    strftime(f.period_month, '%Y-%m') as month,
    f.measure_value,
    f.is_delivered,
    f.courts_expected,
    f.courts_delivered,
    case m.window_rule
        when 'first' then f.period_month = cast($first as date)
        when 'last' then f.period_month = cast($month as date)
        else true
    end as is_counted
from core.dim_measures as m
inner join performance.fct_court_measures as f on m.measure_code = f.measure_code
where
    m.measure_code in (
        select coalesce(p.part_measure_code, w.measure_code)
        from core.dim_measures as w
        left join core.dim_measure_parts as p on w.measure_code = p.measure_code
        where w.measure_code = $measure
    )
    and f.case_scope = $case_scope and f.court_code = $court and f.scope_code = $scope
    and f.period_month between cast($first as date) and cast($month as date)
order by m.sort_order, f.period_month;

-- name: deliveries
with courts as (
    select
        extract_kind,
        period_month,
        count(*) filter (where is_expected) as courts_expected,
        count(*) filter (where is_expected and is_delivered) as courts_delivered,
        sum(accepted_count) as accepted_count
    from performance.fct_court_deliveries
    where
        list_contains($courts, court_code) and list_contains($kinds, extract_kind)
        and period_month between cast($first as date) and cast($month as date)
    group by extract_kind, period_month
),

files as (
    select
        d.kind,
        d.extract_month,
        string_agg(d.file_name, '、' order by d.received_at) as files,
        max(d.received_at) as last_received_at
    from rankings.rpt_deliveries as d
    where
        d.delivery_id in (
            select delivery_id from core.fct_delivered_kinds
            where list_contains($courts, court_code)
        )
    group by d.kind, d.extract_month
)

select
    c.extract_kind as kind,
    strftime(c.period_month, '%Y-%m') as month,
    c.courts_expected,
    c.courts_delivered,
    c.accepted_count,
    f.files,
    f.last_received_at
from courts as c
left join files as f on c.extract_kind = f.kind and c.period_month = f.extract_month
order by c.period_month desc, c.extract_kind asc;

-- name: restatements
select
    definition_version,
    old_numerator,
    old_denominator,
    old_value,
    old_rank,
    new_numerator,
    new_denominator,
    new_value,
    new_rank,
    cause_zh,
    cause_en,
    last_file_name,
    last_received_at,
    added_count,
    removed_count,
    changed_count,
    old_snapshot_id,
    old_published_at
from rankings.rpt_restatements
where
    court_code = $court and scope_code = $scope and window_code = $window
    and period_month = cast($month as date) and indicator_code = $indicator
order by definition_version desc;
