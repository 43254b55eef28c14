{# The schema a folder asks for is the schema it gets: analysts type core.fct_funds, not main_core.fct_funds. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
