with delivered as (
    select * from {{ source('linkage', 'linkage_activities') }}
),

in_force as (
    select
        delivery_id,
        court_code
    from {{ source('ledger', 'delivery_courts') }}
    where
        kind = 'linkage_activities'
        and is_in_force
        and {{ is_known('extract_month') }}
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
