with delivered as (
    select * from {{ source('cases', 'staffing') }}
),

in_force as (
    {{ in_force('staffing') }}
),

final as (
    select
        delivered.court_code,
        delivered.enforcement_staff_count,
        delivered.total_staff_count,
        delivered.judge_count,
        delivered._extract_month as extract_month,
        delivered._delivery_id,
        delivered._row_number
    from delivered
    inner join in_force
        on
            delivered._delivery_id = in_force.delivery_id
            and delivered.court_code = in_force.court_code
)

select * from final
