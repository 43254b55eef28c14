{# As latest_delivered, with these columns; a record that a successor delivers on keeps the court that had it before it
   left, which counts it until then. `case_key`: a record that states no court has the origin of its case. #}
{% macro latest_of_origin(relation, key, columns, case_key=none) -%}
    select
        {% for column in columns %}
            latest.{{ column }},
        {% endfor %}
        coalesce(
            origins.origin_court_code,
            {% if case_key %}
                cases_succeeded.origin_court_code,
            {% endif %}
            latest.court_code
        ) as court_code
    from (
        {{ latest_delivered(relation, key) }}
    ) as latest
    {% if case_key %}
        left join {{ ref('int_cases_succeeded') }} as cases_succeeded
            on
                latest.{{ case_key }} = cases_succeeded.case_id
                and latest.court_code = cases_succeeded.successor_code
    {% endif %}
    left join (
        select
            {% for column in key %}
                delivered.{{ column }},
            {% endfor %}
            successions.successor_code,
            delivered.court_code as origin_court_code,
            row_number() over (
                partition by {% for column in key %}delivered.{{ column }}, {% endfor %}successions.successor_code
                order by
                    successions.passings desc,
                    delivered.court_code asc
            ) as origin_number
        from {{ relation }} as delivered
        inner join {{ ref('int_courts_succeeded') }} as successions
            on delivered.court_code = successions.court_code
    ) as origins
        on
            {% for column in key %}
                latest.{{ column }} = origins.{{ column }} and
            {% endfor %}
            latest.court_code = origins.successor_code
            and origins.origin_number = 1
{%- endmacro %}
