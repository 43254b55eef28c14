with delivered as (
    select * from {{ source('defaulters', 'restrictions') }}
),

in_force as (
    {{ in_force('restrictions') }}
),

final as (
    select
        delivered.restriction_id,
        delivered.case_number,
        delivered.case_number_raw,
        delivered.case_number_status,
        delivered.court_code,
        delivered.person_hash,
        delivered.issued_date,
        delivered.lifted_date,
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
