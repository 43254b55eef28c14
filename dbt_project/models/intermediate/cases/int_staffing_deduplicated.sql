with staffing as (
    select * from {{ ref('stg_cases__staffing') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by court_code, extract_month
            order by
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from staffing
),

final as (
    select
        court_code,
        enforcement_staff_count,
        total_staff_count,
        judge_count,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
