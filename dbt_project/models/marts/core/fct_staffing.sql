with staffing as (
    select * from {{ ref('int_staffing_deduplicated') }}
),

final as (
    select
        extract_month as period_month,
        court_code,
        enforcement_staff_count,
        total_staff_count,
        judge_count
    from staffing
)

select * from final
