-- Each statement is asked by the function of its name in the module beside this file.

-- name: indicators
select * from core.dim_indicators
order by sort_order asc, definition_version desc;

-- name: measures
select * from core.dim_measures
order by sort_order, measure_code;

-- name: windows
select * from core.dim_windows
order by sort_order;

-- name: case_scopes
select
    s.case_scope,
    s.name_zh,
    s.name_en,
    coalesce(string_agg(m.case_type, '、' order by t.sort_order), '') as members
from core.dim_case_scopes as s
left join core.dim_case_scope_members as m on s.case_scope = m.case_scope
left join core.dim_case_types as t on m.case_type = t.case_type
group by s.case_scope, s.name_zh, s.name_en, s.sort_order
order by s.sort_order;

-- name: weights
select
    w.indicator_code,
    i.name_zh,
    i.name_en,
    w.weight,
    w.valid_from,
    w.valid_to,
    w.source
from core.dim_indicator_weights as w
left join core.dim_indicators as i on w.indicator_code = i.indicator_code and i.superseded_from is null
order by i.sort_order asc, w.indicator_code asc, w.valid_from desc;

-- name: weights_in_force
select
    indicator_code,
    weight
from core.dim_indicator_weights
where valid_from <= cast($month as date) and coalesce(valid_to >= cast($month as date), true);

-- name: open_weights
select count(*) as open_count
from core.dim_indicator_weights
where
    weight > 0 and not coalesce(is_decided, false)
    and valid_from <= cast($month as date) and coalesce(valid_to >= cast($month as date), true);

-- name: sets
select * from core.dim_indicator_sets
order by sort_order, item_number;

-- name: knows_set_shares
select count(*) as column_count from system.main.duckdb_columns()
where schema_name = 'rankings' and table_name = 'rpt_set_shares' and column_name = 'failed_count';

-- name: set_shares
select
    set_code,
    court_count,
    judged_count,
    passed_count,
    failed_count,
    passed_ratio,
    required_court_ratio,
    is_met
from rankings.rpt_set_shares
where province_code = $province and window_code = $window and period_month = cast($month as date);

-- name: limits
select * from core.dim_node_limits
order by node_code, valid_from;

-- name: readings
select
    coalesce(i.variant_of, f.indicator_code) as family,
    f.indicator_code,
    f.definition_version,
    i.name_zh,
    i.name_en,
    i.formula_zh,
    i.formula_en,
    i.unit,
    i.variant_of,
    f.is_in_force,
    f.numerator,
    f.denominator,
    f.case_count,
    f.value,
    f.status
from performance.fct_court_indicators as f
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
inner join core.dim_courts as c on f.court_code = c.court_code
where
    c.province_code = $province and f.scope_code = 'province' and f.window_code = $window
    and f.period_month = cast($month as date)
order by i.variant_of is not null, i.sort_order asc, f.is_in_force desc, f.definition_version desc;

-- name: twins
with current as (
    select * from core.dim_indicators
    where superseded_from is null and variant_of is null and denominator_measure is not null
)

select
    a.indicator_code,
    b.indicator_code as twin_code,
    b.name_zh,
    b.name_en,
    b.denominator_kind
from current as a
inner join current as b
    on
        a.numerator_measure = b.numerator_measure and a.numerator_scope = b.numerator_scope
        and a.indicator_code <> b.indicator_code
        and (a.denominator_measure <> b.denominator_measure or a.denominator_scope <> b.denominator_scope)
order by a.indicator_code, b.sort_order;
