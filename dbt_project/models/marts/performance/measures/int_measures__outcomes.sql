{%- set counted = [
    ('preserved_cases', 'filed_month', 'is_preserved'),
    ('judged_suspensions', 'closed_month', 'is_suspension_judged'),
    ('compliant_suspensions', 'closed_month', 'is_suspension_compliant'),
    ('strict_closed_cases', 'closed_month', 'is_strict_closure'),
    ('counted_closed_cases', 'closed_month', 'is_counted_closure'),
    ('upheld_cases', 'closed_month', 'is_upheld'),
    ('reversed_cases', 'closed_month', 'is_reversed'),
] -%}

with records as (
    select * from {{ ref('fct_case_outcomes') }}
),

members as (
    select * from {{ ref('dim_case_scope_members') }}
),

by_type as (
    {% for measure_code, month_column, value_column in counted %}
        select
            court_code,
            {{ month_column }} as period_month,
            case_type,
            '{{ measure_code }}' as measure_code,
            sum({{ value_column }}) as measure_value
        from records
        where {{ month_column }} is not null and {{ value_column }} <> 0
        group by court_code, {{ month_column }}, case_type
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

final as (
    select
        by_type.court_code,
        by_type.period_month,
        members.case_scope,
        by_type.measure_code,
        cast(sum(by_type.measure_value) as decimal(24, 2)) as measure_value
    from by_type
    inner join members
        on by_type.case_type = members.case_type
    group by by_type.court_code, by_type.period_month, members.case_scope, by_type.measure_code
)

select * from final
