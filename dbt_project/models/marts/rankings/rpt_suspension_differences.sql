with suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

checks as (
    select * from {{ ref('fct_suspension_checks') }}
),

failed as (
    select *
    from checks
    where result = 'fail'
),

final as (
    select
        suspensions.case_id,
        coalesce(failed.check_id, 'none') as check_id,
        suspensions.case_number,
        suspensions.court_code,
        suspensions.suspended_month,
        suspensions.difference_code,
        suspensions.verdict,
        suspensions.is_compliant_source,
        suspensions.is_compliant_computed,
        failed.reason_code,
        coalesce(failed.reason_zh, '交付数据没有发现不合格事项') as detail_zh,
        coalesce(failed.reason_en, 'Nothing in the extracts fails a check') as detail_en
    from suspensions
    left join failed
        on suspensions.case_id = failed.case_id
    where suspensions.difference_code in ('source_compliant_only', 'computed_compliant_only')
)

select * from final
