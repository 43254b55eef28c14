with checks as (
    select * from {{ ref('int_suspension_checks_judged') }}
),

evidence as (
    select * from {{ ref('int_suspensions_evidenced') }}
),

counted as (
    select
        case_id,
        cast(sum(case when result = 'pass' then 1 else 0 end) as bigint) as passed_count,
        cast(sum(case when result = 'fail' then 1 else 0 end) as bigint) as failed_count,
        cast(sum(case when result = 'not_checkable' then 1 else 0 end) as bigint) as not_checkable_count
    from checks
    group by case_id
),

final as (
    select
        evidence.case_id,
        case
            when counted.failed_count > 0 then 'not_compliant'
            when counted.passed_count > 0 then 'compliant'
            else 'not_checkable'
        end as verdict,
        counted.passed_count,
        counted.failed_count,
        counted.not_checkable_count,
        case when counted.failed_count + counted.passed_count > 0 then 1 else 0 end as is_suspension_checked,
        case when counted.failed_count = 0 and counted.passed_count > 0 then 1 else 0 end as is_compliant_computed,
        case
            when evidence.suspension_compliant is null then cast(null as integer)
            when evidence.suspension_compliant then 1
            else 0
        end as is_compliant_source
    from evidence
    inner join counted
        on evidence.case_id = counted.case_id
)

select * from final
