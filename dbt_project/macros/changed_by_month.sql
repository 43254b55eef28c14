{# The CTE `changes` (keys, measure, change_month, change_value) with a column for every measure. What entered a stock
   before the first month stands in it from the first month on; what happened before it is left out. #}
{% macro changed_by_month(keys, flows, stocks) -%}
    select
        {% for key in keys %}
            changes.{{ key }},
        {% endfor %}
        greatest(changes.change_month, span.first_month) as period_month,
        {% for name in flows %}
            sum(
                case
                    when changes.measure = '{{ name }}' and changes.change_month >= span.first_month
                        then changes.change_value
                    else 0
                end
            ) as {{ name }},
        {% endfor %}
        {% for name in stocks %}
            sum(case when changes.measure = '{{ name }}' then changes.change_value else 0 end) as {{ name }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from changes
    cross join span
    group by
        {% for key in keys %}
            changes.{{ key }},
        {% endfor %}
        greatest(changes.change_month, span.first_month)
{%- endmacro %}
