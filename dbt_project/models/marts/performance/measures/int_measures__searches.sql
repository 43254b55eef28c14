{%- set counted = [
    ('person_searches', 'sent_month', 'is_person_search'),
    ('located_persons', 'sent_month', 'is_person_located'),
    ('vehicle_searches', 'sent_month', 'is_vehicle_search'),
    ('seized_vehicles', 'sent_month', 'is_vehicle_seized'),
] -%}

with records as (
    select * from {{ ref('fct_linkage_requests') }}
),

final as (
    {% for measure_code, month_column, value_column in counted %}
        select
            court_code,
            {{ month_column }} as period_month,
            'not_case_based' as case_scope,
            '{{ measure_code }}' as measure_code,
            cast(coalesce(sum({{ value_column }}), 0) as decimal(24, 2)) as measure_value
        from records
        where {{ month_column }} is not null
        group by court_code, {{ month_column }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select * from final
