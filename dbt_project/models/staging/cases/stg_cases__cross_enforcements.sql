with delivered as (
    select * from {{ source('cases', 'cross_enforcements') }}
),

in_force as (
    {{ in_force('cross_enforcements') }}
),

final as (
    select
        delivered.cross_id,
        delivered.court_code,
        delivered.case_number,
        delivered.case_number_raw,
        delivered.case_number_status,
        delivered.cross_kind,
        delivered.to_court_code,
        delivered.new_case_number,
        delivered.reason,
        delivered.decided_date,
        delivered.moved_date,
        delivered.closed_date,
        delivered.recovered_amount,
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
