with cases as (
    select * from {{ ref('stg_cases__cases') }}
),

final as (
    select
        case_id,
        court_code,
        extract_month,
        _delivery_id as delivery_id
    from cases
)

select * from final
