with checks as (
    select * from {{ ref('fct_suspension_checks') }}
),

suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

failed as (
    select
        case_id,
        count(*) as failed_count,
        min(reason_zh) as reason_zh,
        min(reason_en) as reason_en
    from checks
    where check_id in ('SC01', 'SC02', 'SC07', 'SC08') and result = 'fail'
    group by case_id
),

final as (
    select
        'GC02' as check_code,
        suspensions.court_code,
        suspensions.suspended_month as period_month,
        suspensions.case_id,
        suspensions.case_number,
        case when failed.case_id is not null then 1 else 0 end as hit_count,
        1 as trial_count,
        failed.reason_zh as detail_zh,
        failed.reason_en as detail_en
    from suspensions
    left join failed
        on suspensions.case_id = failed.case_id
)

select * from final
