with delivered as (
    select * from {{ source('linkage', 'linkage_activities') }}
),

in_force as (
    {{ in_force('linkage_activities') }}
),

final as (
    select
        delivered.court_code,
        delivered.activity,
        delivered.occurred_date,
        delivered.count as activity_count,
        delivered.person_count,
        delivered.amount,
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
