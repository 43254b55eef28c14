with activities as (
    select * from {{ ref('fct_linkage_activities') }}
),

final as (
    select
        court_code,
        occurred_month as period_month,
        activity,
        cast(sum(activity_count) as bigint) as activity_count,
        cast(sum(person_count) as bigint) as person_count,
        cast(sum(amount) as decimal(24, 2)) as amount
    from activities
    group by court_code, occurred_month, activity
)

select * from final
