with judged as (
    select * from {{ ref('int_suspension_checks_judged') }}
),

reasons as (
    select * from {{ ref('suspension_check_reasons') }}
),

followed as (
    select * from {{ ref('int_suspensions_followed') }}
),

verified as (
    select * from {{ ref('int_suspensions_verified') }}
),

final as (
    select
        judged.case_id,
        judged.check_id,
        followed.court_code,
        followed.case_type,
        cast({{ dbt.date_trunc('month', 'followed.suspended_date') }} as date) as suspended_month,
        judged.result,
        judged.reason_code,
        reasons.reason_zh,
        reasons.reason_en,
        verified.verdict
    from judged
    inner join reasons
        on judged.reason_code = reasons.reason_code
    inner join followed
        on judged.case_id = followed.case_id
    inner join verified
        on judged.case_id = verified.case_id
)

select * from final
