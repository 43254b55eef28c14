{# True for extract months delivered by the month in var as_known_at ('2019-06'); for all months when it is empty.
   A month that is not one fails in the cast. #}
{% macro is_known(month_column) -%}
    {%- set month = var('as_known_at') -%}
    {%- if month -%}
        {{ month_column }} <= cast('{{ month }}-01' as date)
    {%- else -%}
        {{ month_column }} is not null
    {%- endif -%}
{%- endmacro %}
