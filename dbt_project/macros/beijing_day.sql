{# The day in Beijing, where all courts are, of a moment kept in UTC: eight hours ahead all year. #}
{% macro beijing_day(moment) -%}
    cast({{ dbt.dateadd('hour', 8, moment) }} as date)
{%- endmacro %}
