{# A case number that stands in a column of text, with the brackets that case_number columns have. #}
{% macro stated_case_number(column) -%}
    replace(replace(trim({{ column }}), '(', '（'), ')', '）')
{%- endmacro %}
