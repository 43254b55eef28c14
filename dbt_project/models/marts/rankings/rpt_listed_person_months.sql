with persons as (
    select * from {{ ref('int_distinct_defaulters') }}
),

final as (
    select
        court_code,
        scope_code,
        published_month as period_month,
        previous_published_month,
        cast(person_count as bigint) as person_count
    from persons
)

select * from final
