{# The CTEs `dated` (keys, period_month, a column for every measure) and `months` as one row for every key and month:
   flows of the month, and stocks as they have added up by its end. #}
{% macro standing_by_month(keys, flows, stocks) -%}
    select
        {% for key in keys %}
            spine.{{ key }},
        {% endfor %}
        spine.period_month,
        {% for name in flows %}
            coalesce(dated.{{ name }}, 0) as {{ name }},
        {% endfor %}
        {% for name in stocks %}
            sum(coalesce(dated.{{ name }}, 0)) over (
                partition by {% for key in keys %}spine.{{ key }}{% if not loop.last %}, {% endif %}{% endfor %}

                order by spine.period_month
                rows between unbounded preceding and current row
            ) as {{ name }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from (
        select
            kept.*,
            months.period_month
        from (select distinct {{ keys | join(', ') }} from dated) as kept
        cross join months
    ) as spine
    left join dated
        on
            spine.period_month = dated.period_month
            {% for key in keys %}
                and spine.{{ key }} = dated.{{ key }}
            {% endfor %}
{%- endmacro %}
