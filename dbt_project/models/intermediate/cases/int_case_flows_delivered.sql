with case_months as (
    select * from {{ ref('int_case_months_delivered') }}
),

final as (
    select
        court_code,
        extract_month,
        case_type,
        cast(sum(is_opening) as bigint) as opening_count,
        cast(sum(is_new) as bigint) as new_count,
        cast(sum(is_closed) as bigint) as closed_count,
        cast(sum(is_pending) as bigint) as pending_count
    from case_months
    group by court_code, extract_month, case_type
)

select * from final
