with persons as (
    select * from {{ ref('int_window_distinct_defaulters') }}
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        cast(measure_value as bigint) as person_count
    from persons
)

select * from final
