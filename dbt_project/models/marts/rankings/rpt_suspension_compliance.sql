with checks as (
    select * from {{ ref('fct_suspension_checks') }}
),

final as (
    select
        court_code,
        suspended_month as period_month,
        check_id,
        cast(sum(case when result = 'pass' then 1 else 0 end) as bigint) as passed_count,
        cast(sum(case when result = 'fail' then 1 else 0 end) as bigint) as failed_count,
        cast(sum(case when result = 'not_checkable' then 1 else 0 end) as bigint) as not_checkable_count
    from checks
    group by court_code, suspended_month, check_id
)

select * from final
