with followed as (
    select * from {{ ref('int_suspensions_followed') }}
),

verified as (
    select * from {{ ref('int_suspensions_verified') }}
),

final as (
    select
        followed.case_id,
        followed.case_number,
        followed.court_code,
        followed.case_type,
        followed.root_case_id,
        followed.suspended_date,
        followed.expiry_date,
        followed.resumed_case_id,
        followed.resumed_date,
        followed.satisfied_date,
        cast({{ dbt.date_trunc('month', 'followed.suspended_date') }} as date) as suspended_month,
        cast(
            case when followed.is_reactivated then {{ dbt.date_trunc('month', 'followed.resumed_date') }} end as date
        ) as reactivated_month,
        cast(
            case when not followed.is_reactivated then {{ dbt.date_trunc('month', 'followed.expiry_date') }} end as date
        ) as expired_month,
        cast(
            case
                when followed.is_reactivated then {{ dbt.date_trunc('month', 'followed.resumed_date') }}
                else {{ dbt.date_trunc('month', 'followed.expiry_date') }}
            end as date
        ) as inactive_until_month,
        1 as suspension_one,
        case when followed.is_reactivated then 1 else 0 end as is_reactivated,
        case when followed.is_reactivated then 0 else 1 end as is_expiring,
        case
            when followed.is_reactivated
                then cast({{ dbt.datediff('followed.suspended_date', 'followed.resumed_date', 'day') }} as integer)
        end as reactivation_days,
        verified.verdict,
        verified.passed_count,
        verified.failed_count,
        verified.not_checkable_count,
        verified.is_suspension_checked,
        verified.is_compliant_computed,
        verified.is_compliant_source,
        case
            when verified.is_compliant_source is null then 'source_silent'
            when verified.is_suspension_checked = 0 then 'not_checkable'
            when verified.is_compliant_source = verified.is_compliant_computed then 'agree'
            when verified.is_compliant_source = 1 then 'source_compliant_only'
            else 'computed_compliant_only'
        end as difference_code
    from followed
    inner join verified
        on followed.case_id = verified.case_id
)

select * from final
