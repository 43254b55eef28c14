with delivered as (
    select * from {{ source('cases', 'petitions') }}
),

in_force as (
    {{ in_force('petitions') }}
),

final as (
    select
        delivered.petition_id,
        delivered.court_code,
        delivered.case_number,
        delivered.case_number_raw,
        delivered.case_number_status,
        delivered.assigned_date,
        delivered.due_date,
        delivered.resolved_date,
        delivered.source,
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
