with suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

final as (
    select
        court_code,
        suspended_month as period_month,
        cast(count(*) as bigint) as suspended_count,
        {% for verdict in ('compliant', 'not_compliant', 'not_checkable') %}
            cast(sum(case when verdict = '{{ verdict }}' then 1 else 0 end) as bigint) as {{ verdict }}_count,
        {% endfor %}
        cast(sum(case when is_compliant_source = 1 then 1 else 0 end) as bigint) as source_compliant_count,
        cast(count(is_compliant_source) as bigint) as source_stated_count,
        {% for difference in ('agree', 'source_compliant_only', 'computed_compliant_only', 'source_silent') %}
            cast(sum(case when difference_code = '{{ difference }}' then 1 else 0 end) as bigint)
                as {{ difference }}_count,
        {% endfor %}
        cast(sum(case when difference_code = 'not_checkable' then 1 else 0 end) as bigint) as not_compared_count
    from suspensions
    group by court_code, suspended_month
)

select * from final
