with delivered as (
    select * from {{ source('cases', 'funds') }}
),

in_force as (
    {{ in_force('funds') }}
),

case_courts as (
    select
        case_id,
        court_code
    from {{ source('ledger', 'case_courts') }}
),

final as (
    select
        delivered.fund_id,
        delivered.case_id,
        coalesce(delivered.court_code, case_courts.court_code) as court_code,
        delivered.received_date,
        delivered.received_amount,
        delivered.paid_date,
        delivered.paid_amount,
        delivered.deferral_approved,
        delivered._extract_month as extract_month,
        delivered._delivery_id,
        delivered._row_number
    from delivered
    left join case_courts
        on delivered.case_id = case_courts.case_id
    inner join in_force
        on
            delivered._delivery_id = in_force.delivery_id
            and coalesce(delivered.court_code, case_courts.court_code) = in_force.court_code
)

select * from final
