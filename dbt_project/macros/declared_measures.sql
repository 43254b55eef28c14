{# Every measure that a fact declares in its YAML (config.meta.measures: [{code, month, value}]), by fact and month
   column: a list of {table, record_key, is_case_based, month, measures: [{code, value}]}. The build stops where a
   declaration names a column the fact does not have, or a code twice. Empty where dbt only parses. #}
{% macro declared_measures() -%}
    {%- set groups, codes = [], [] -%}
    {%- for node in (graph.nodes.values() | sort(attribute='name') if execute else []) if node.resource_type == 'model' -%}
        {%- set meta = node.config.get('meta') or {} -%}
        {%- for month, measures in (meta.get('measures') or []) | groupby('month') -%}
            {%- for measure in measures -%}
                {%- if measure.code in codes or month not in node.columns or measure.value not in node.columns -%}
                    {{ exceptions.raise_compiler_error(node.name ~ ': measure ' ~ measure.code ~ ' is declared twice, or ' ~ month ~ ' or ' ~ measure.value ~ ' is no column') }}
                {%- endif -%}
                {%- do codes.append(measure.code) -%}
            {%- endfor -%}
            {%- do groups.append({
                'table': node.name,
                'record_key': meta.record_key,
                'is_case_based': meta.get('is_case_based', false),
                'month': month,
                'measures': measures,
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(groups) }}
{%- endmacro %}
