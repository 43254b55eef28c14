{# One measure's rows from a CTE that already holds court, month and case scope: a column under its measure code. #}
{% macro as_measure(relation, measure_code, expression=none) -%}
    select
        court_code,
        period_month,
        case_scope,
        '{{ measure_code }}' as measure_code,
        cast({{ expression or measure_code }} as decimal(24, 2)) as measure_value
    from {{ relation }}
{%- endmacro %}
