{# True for extract months that had been delivered by the month in var as_known_at; for all months when it is empty. #}
{% macro is_known(month_column) -%}
    {%- set month = var('as_known_at') -%}
    {%- if not month -%}
        {{ month_column }} is not null
    {%- elif modules.re.fullmatch('[0-9]{4}-(0[1-9]|1[0-2])', month) -%}
        {{ month_column }} <= cast('{{ month }}-01' as date)
    {%- else -%}
        {{ exceptions.raise_compiler_error("as_known_at must look like 2019-06, not " ~ month) }}
    {%- endif -%}
{%- endmacro %}
