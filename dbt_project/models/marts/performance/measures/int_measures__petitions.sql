{%- set counted = [
    ('assigned_petitions', 'assigned_month', 'petition_one'),
    ('resolved_petitions', 'resolved_month', 'is_resolved'),
    ('due_petitions', 'judged_month', 'petition_one'),
    ('due_petitions_resolved', 'judged_month', 'is_resolved_when_judged'),
] -%}

with records as (
    select * from {{ ref('fct_petitions') }}
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
