with checks as (
    select *
    from {{ ref('fct_suspension_checks') }}
    where result = 'fail'
),

suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

final as (
    select
        checks.case_id,
        checks.check_id,
        checks.court_code,
        checks.suspended_month as period_month,
        suspensions.case_number,
        suspensions.suspended_date,
        checks.reason_zh,
        checks.reason_en,
        suspensions.is_compliant_source
    from checks
    inner join suspensions
        on checks.case_id = suspensions.case_id
)

select * from final
