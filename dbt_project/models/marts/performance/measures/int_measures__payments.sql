{%- set counted = [
    ('paid_out_amount', 'paid_month', 'settled_amount'),
    ('paid_out_amount_days', 'paid_month', 'paid_amount_days'),
    ('paid_out_count', 'paid_month', 'is_paid'),
] -%}

with records as (
    select * from {{ ref('fct_funds') }}
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
