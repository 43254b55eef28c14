with case_months as (
    select * from {{ ref('int_case_months_delivered') }}
),

final as (
    select
        case_id,
        min(extract_month) as first_delivered_month,
        max(extract_month) as last_delivered_month
    from case_months
    group by case_id
)

select * from final
