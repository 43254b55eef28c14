{# Changes that count in their own month alone: the `value` of every record of `relation`, summed by keys and month. #}
{% macro happened(relation, keys, measure, month_column, value='1') -%}
    select
        {{ keys | join(', ') }},
        '{{ measure }}' as measure,
        {{ month_column }} as change_month,
        cast(sum({{ value }}) as decimal(30, 2)) as change_value
    from {{ relation }}
    where {{ month_column }} is not null
    group by {{ keys | join(', ') }}, {{ month_column }}
{%- endmacro %}
