{# One measure's rows from the CTE `records`: a value column summed by court and the month it belongs to. #}
{% macro summed_by_month(measure_code, month_column, value_column) -%}
    select
        court_code,
        {{ month_column }} as period_month,
        'not_case_based' as case_scope,
        '{{ measure_code }}' as measure_code,
        cast(sum({{ value_column }}) as decimal(24, 2)) as measure_value
    from records
    where {{ month_column }} is not null
    group by court_code, {{ month_column }}
{%- endmacro %}
