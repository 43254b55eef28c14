with rechecks as (
    select *
    from {{ ref('fct_suspension_rechecks') }}
    where is_due_recheck = 1
),

final as (
    select
        court_code,
        due_month as period_month,
        cast(count(*) as bigint) as due_count,
        cast(sum(case when recheck_status = 'on_time' then 1 else 0 end) as bigint) as on_time_count,
        cast(sum(case when recheck_status = 'late' then 1 else 0 end) as bigint) as late_count,
        cast(sum(case when recheck_status = 'missed' then 1 else 0 end) as bigint) as missed_count
    from rechecks
    group by court_code, due_month
)

select * from final
