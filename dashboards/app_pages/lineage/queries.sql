-- Each statement is asked by the function of its name in the module beside this file.

-- name: measures
with terms as (
    select $indicator as indicator_code
    union
    select unnest([minuend_code, subtrahend_code]) from core.dim_derived_indicators
    where indicator_code = $indicator
),

newest as (
    select i.* from core.dim_indicators as i
    where i.indicator_code in (select indicator_code from terms) and i.denominator_kind <> 'derived'
    qualify row_number() over (partition by i.indicator_code order by i.definition_version desc) = 1
),

sides as (
    select
        indicator_code,
        'numerator' as side,
        numerator_measure as measure_code,
        numerator_scope as case_scope
    from newest
    union all
    select
        indicator_code,
        'denominator' as side,
        denominator_measure as measure_code,
        denominator_scope as case_scope
    from newest
)

select
    s.indicator_code,
    s.side,
    m.measure_code,
    m.name_zh,
    m.name_en,
    m.unit,
    m.window_rule,
    m.extract_kind,
    m.record_table,
    c.name_zh as scope_zh,
    c.name_en as scope_en
from sides as s
left join core.dim_case_scopes as c on s.case_scope = c.case_scope
left join core.dim_measure_parts as p on s.measure_code = p.measure_code
inner join core.dim_measures as m on m.measure_code = coalesce(p.part_measure_code, s.measure_code)
order by s.indicator_code asc, s.side desc, m.sort_order asc, m.measure_code asc;

-- name: upstream
with recursive path as (
    select * from catalogue.rpt_lineage
    where list_contains($tables, node_name)
    union
    select l.* from catalogue.rpt_lineage as l inner join path as p on l.node_name = p.made_from
)

select * from path
order by node_layer, node_name, made_from_layer, made_from;

-- name: downstream
with recursive path as (
    select
        node_name,
        node_layer,
        1 as steps
    from catalogue.rpt_lineage
    where made_from = $table
    union
    select
        l.node_name,
        l.node_layer,
        p.steps + 1 as steps
    from catalogue.rpt_lineage as l inner join path as p on l.made_from = p.node_name
)

select
    p.node_name,
    p.node_layer,
    min(p.steps) as steps,
    t.description_zh,
    t.description_en
from path as p
left join catalogue.dim_tables as t on p.node_name = t.table_name
group by p.node_name, p.node_layer, t.description_zh, t.description_en
order by steps, p.node_layer, p.node_name;

-- name: resting
with recursive path as (
    select $table as node_name
    union
    select l.node_name from catalogue.rpt_lineage as l inner join path as p on l.made_from = p.node_name
),

counted as (
    select
        coalesce(p.measure_code, m.measure_code) as measure_code,
        m.name_zh,
        m.name_en,
        m.record_table
    from core.dim_measures as m
    left join core.dim_measure_parts as p on m.measure_code = p.part_measure_code
    where m.record_table in (select node_name from path)
),

direct as (
    select
        i.indicator_code,
        c.name_zh,
        c.name_en,
        c.record_table
    from core.dim_indicators as i
    inner join counted as c on c.measure_code in (i.numerator_measure, i.denominator_measure)
    where i.superseded_from is null
),

every as (
    select * from direct
    union
    select
        d.indicator_code,
        r.name_zh,
        r.name_en,
        r.record_table
    from core.dim_derived_indicators as d
    inner join direct as r on r.indicator_code in (d.minuend_code, d.subtrahend_code)
)

select
    e.indicator_code,
    string_agg(distinct e.name_zh, '、' order by e.name_zh) as measures_zh,
    string_agg(distinct e.name_en, ', ' order by e.name_en) as measures_en,
    string_agg(distinct e.record_table, ', ' order by e.record_table) as record_table
from every as e
inner join core.dim_indicators as i on e.indicator_code = i.indicator_code and i.superseded_from is null
where i.variant_of is null
group by e.indicator_code, i.sort_order
order by i.sort_order, e.indicator_code;

-- name: deliveries
select
    kind,
    strftime(min(extract_month), '%Y-%m') as first_month,
    strftime(max(extract_month), '%Y-%m') as last_month,
    count(*) filter (where accepted_count > 0) as file_count,
    sum(accepted_count) as accepted_count,
    sum(rejected_count) as rejected_count,
    max(received_at) as received_at
from rankings.rpt_deliveries
where list_contains($kinds, kind)
group by kind
order by kind;

-- name: kinds
select extract_kind as kind from core.dim_measures
where extract_kind is not null
union
select kind from rankings.rpt_deliveries
order by kind;

-- name: nodes
select
    node_name,
    node_layer
from catalogue.rpt_lineage
union
select
    made_from,
    made_from_layer
from catalogue.rpt_lineage
order by node_layer, node_name;

-- name: tables
select * from catalogue.dim_tables
order by schema_name, table_name;
