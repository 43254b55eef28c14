with parts as (
    select
        measure_code,
        string_agg(part_measure_code, ',' order by part_measure_code) as part_measures
    from core.dim_measure_parts
    group by measure_code
)

select
    m.measure_code,
    m.record_table,
    m.evidence_rule,
    m.record_key,
    m.month_column,
    m.value_column,
    m.until_column,
    coalesce(m.extract_kind = 'cases', m.record_table = 'fct_enforcement_cases') as is_case_based,
    p.part_measures
from core.dim_measures as m
left join parts as p on m.measure_code = p.measure_code
order by m.sort_order, m.measure_code
