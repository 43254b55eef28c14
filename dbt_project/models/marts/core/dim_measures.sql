with measures as (
    select * from {{ ref('measures') }}
),

-- What a fact declares of a measure; the catalogue says it only of measures that are no plain sum.
declared as (
    {% for group in declared_measures() %}
        {% for measure in group.measures %}
            select
                '{{ measure.code }}' as measure_code,
                '{{ group.table }}' as record_table,
                '{{ group.record_key }}' as record_key,
                '{{ group.month }}' as month_column,
                '{{ measure.value }}' as value_column
            union all
        {% endfor %}
    {% endfor %}
    select
        measure_code,
        record_table,
        record_key,
        month_column,
        value_column
    from measures
    where 1 = 0
),

final as (
    select
        measures.measure_code,
        measures.name_zh,
        measures.name_en,
        measures.unit,
        measures.window_rule,
        measures.extract_kind,
        coalesce(declared.record_table, measures.record_table) as record_table,
        coalesce(declared.record_key, measures.record_key) as record_key,
        case
            when declared.measure_code is null then measures.evidence_rule
            when measures.window_rule = 'last' then 'state'
            else 'event'
        end as evidence_rule,
        coalesce(declared.month_column, measures.month_column) as month_column,
        coalesce(declared.value_column, measures.value_column) as value_column,
        measures.definition_zh,
        measures.definition_en,
        cast(measures.sort_order as integer) as sort_order,
        measures.until_column
    from measures
    left join declared
        on measures.measure_code = declared.measure_code
)

select * from final
