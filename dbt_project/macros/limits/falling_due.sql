{# The rows of `relation` with one more column `due`: the day on which a limit that starts on the column `start` has run.
   The limit is the one in force on that day, by its code (`limit_code='N25'`) or a column with codes (`limit_column`).
   `count` is how many of its units run, its own number unless an expression over limits.limit_count says otherwise.
   A last day off rolls to the next working day where `rolls`; `kind='timestamp'` keeps the hour of hourly limits;
   `carrying` are columns of the limit to be kept. Where no limit is in force, or none of a number, `due` is null. #}
{% macro falling_due(
    relation, start, due, limit_code=none, limit_column=none, count='limits.limit_count', rolls=true, kind='date', carrying=[]
) -%}
    {%- set begun = 'begun.' ~ start -%}
    {%- set nominal -%}
        case limits.limit_unit
            {% for unit in ('hour', 'day', 'month', 'year') -%}
                when '{{ unit }}' then {{ dbt.dateadd(unit, count, begun) }}
            {% endfor -%}
        end
    {%- endset -%}
    select
        begun.*,
        {% for column in carrying %}
            limits.{{ column }},
        {% endfor %}
        case
            when limits.limit_unit = 'hour' then cast({{ nominal }} as {{ kind }})
            when limits.limit_unit = 'workday' then cast(counted_days.day as {{ kind }})
            {% if rolls is not false -%}
                when {{ 'true' if rolls is true else rolls }}
                    then cast(coalesce(nominal_days.next_working_day, cast({{ nominal }} as date)) as {{ kind }})
            {% endif -%}
            else cast(cast({{ nominal }} as date) as {{ kind }})
        end as {{ due }}
    from {{ relation }} as begun
    left join {{ ref('int_limits_known') }} as limits
        on
            {{ limit_in_force(begun, "'" ~ limit_code ~ "'" if limit_code else 'begun.' ~ limit_column) }}
    left join {{ ref('int_working_days_numbered') }} as started_days
        on
            limits.limit_unit = 'workday'
            and cast({{ begun }} as date) = started_days.day
    left join {{ ref('int_working_days_numbered') }} as counted_days
        on
            started_days.working_day_number + {{ count }} = counted_days.working_day_number
            and counted_days.is_working_day
    {% if rolls is not false -%}
        left join {{ ref('int_working_days_numbered') }} as nominal_days
            on cast({{ nominal }} as date) = nominal_days.day
    {%- endif %}
{%- endmacro %}
