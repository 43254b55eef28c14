{%- set counted = [
    ('overdue_key_nodes', 'overdue_month', 'is_overdue_key_node'),
    ('overdue_key_or_local_nodes', 'overdue_month', 'is_overdue_key_or_local_node'),
    ('due_clues', 'due_month', 'is_clue_due'),
    ('on_time_clues', 'due_month', 'is_clue_on_time'),
    ('due_files', 'due_month', 'is_file_due'),
    ('on_time_files', 'due_month', 'is_file_on_time'),
] -%}

with records as (
    select * from {{ ref('fct_nodes') }}
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
