-- Each statement is asked by the function of its name in the module beside this file.

-- name: evidence_of_measure
select
    record_table,
    evidence_rule,
    record_key,
    coalesce(month_column, '') as month_column,
    value_column,
    coalesce(until_column, '') as until_column,
    coalesce(extract_kind = 'cases', record_table = 'fct_enforcement_cases') as is_case_based
from core.dim_measures
where measure_code = $measure;

-- name: columns_of_table
select column_name from system.main.duckdb_columns()
where schema_name = 'core' and table_name = $table;

-- name: parts
select
    m.measure_code,
    m.name_zh,
    m.name_en
from core.dim_measures as w
left join core.dim_measure_parts as p on w.measure_code = p.measure_code
inner join core.dim_measures as m
    on m.measure_code = case
        when w.evidence_rule = 'none' then coalesce(p.part_measure_code, w.measure_code)
        else w.measure_code
    end
where w.measure_code = $measure
group by m.measure_code, m.name_zh, m.name_en, m.sort_order
order by m.sort_order, m.measure_code;

-- name: case_types
select case_type from core.dim_case_scope_members
where case_scope = $case_scope;

-- name: closing_modes
select
    closing_mode,
    name_en
from core.dim_closing_modes
order by sort_order, closing_mode;
