{# The rows of `relation` with a column for every threshold asked for: its value on the day in the column `day`.
   small_claim='GC03 in yuan' gives the value of GC03 as small_claim, and null while GC03 is in another unit. #}
{% macro beside_thresholds(relation, day) -%}
    select
        begun.*,
        {% for name in kwargs -%}
            {{ name }}_limits.limit_value as {{ name }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from {{ relation }} as begun
    {% for name, asked in kwargs.items() -%}
        {%- set code, unit = asked.split(' in ') -%}
        left join {{ ref('int_limits_known') }} as {{ name }}_limits
            on
                {{ limit_in_force('begun.' ~ day, "'" ~ code ~ "'", name ~ '_limits') }}
                and {{ name }}_limits.limit_unit = '{{ unit }}'
    {% endfor %}
{%- endmacro %}
