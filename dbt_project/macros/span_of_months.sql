{# First month of the CTE `months`, and the month after its last, in which what has not ended by then is said to end. #}
{% macro span_of_months() -%}
    select
        min(period_month) as first_month,
        cast({{ dbt.dateadd('month', 1, 'max(period_month)') }} as date) as never_month
    from months
{%- endmacro %}
