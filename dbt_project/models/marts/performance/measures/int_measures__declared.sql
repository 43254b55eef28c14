{#- dbt has to see these before it knows what they declare; one that declares and is missing here stops the build. -#}
{%- set facts = [
    'fct_auction_lots', 'fct_case_clocks', 'fct_case_outcomes', 'fct_cross_enforcements', 'fct_defaulter_listings',
    'fct_enforcement_cases', 'fct_entrustments', 'fct_funds', 'fct_linkage_activities', 'fct_linkage_requests', 'fct_nodes', 'fct_petitions',
    'fct_rectifications', 'fct_restrictions', 'fct_returns', 'fct_staffing', 'fct_suspension_rechecks',
    'fct_suspensions',
] -%}
{%- set relations = {} -%}
{%- for fact in facts -%}
    {%- do relations.update({fact: ref(fact)}) -%}
{%- endfor -%}
{%- set groups = declared_measures() -%}

with members as (
    {{ case_scope_types() }}
),

{% for group in groups %}
    {{ group.table }}__{{ group.month }} as (
        select
            court_code,
            {{ group.month }} as period_month,
            {{ 'case_type' if group.is_case_based else "'none'" }} as case_type,
            {% for measure in group.measures %}
                sum({{ measure.value }}) as {{ measure.code }}{% if not loop.last %},{% endif %}
            {% endfor %}
        from {{ relations[group.table] }}
        where {{ group.month }} is not null
        group by court_code, {{ group.month }}{% if group.is_case_based %}, case_type{% endif %}
    ),
{% endfor %}

counted as (
    {% for group in groups %}
        {% for measure in group.measures %}
            select
                court_code,
                period_month,
                case_type,
                '{{ measure.code }}' as measure_code,
                cast({{ measure.code }} as decimal(24, 2)) as measure_value
            from {{ group.table }}__{{ group.month }}
            union all
        {% endfor %}
    {% endfor %}
    select
        case_scope as court_code,
        cast(null as date) as period_month,
        case_type,
        'none' as measure_code,
        cast(0 as decimal(24, 2)) as measure_value
    from members
    where 1 = 0
),

final as (
    select
        counted.court_code,
        counted.period_month,
        members.case_scope,
        counted.measure_code,
        cast(sum(coalesce(counted.measure_value, 0)) as decimal(24, 2)) as measure_value
    from counted
    inner join members
        on counted.case_type = members.case_type
    group by counted.court_code, counted.period_month, members.case_scope, counted.measure_code
)

select * from final
