{# What models name in their SQL, as (code, unit): a limit of time (limit_code='N25') with no unit, a threshold
   ('GC03 in yuan') with the unit it is compared in. Empty where dbt only parses. #}
{% macro named_limits() -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
            {%- for code in modules.re.findall("limit_code='([A-Za-z0-9_]+)'", node.raw_code) -%}
                {%- do found.append((code, '')) -%}
            {%- endfor -%}
            {%- for code, unit in modules.re.findall("='([A-Za-z0-9_]+) in ([a-z]+)'", node.raw_code) -%}
                {%- do found.append((code, unit)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found | unique | sort) }}
{%- endmacro %}
