with delivered as (
    select * from {{ source('linkage', 'linkage') }}
),

in_force as (
    {{ in_force('linkage') }}
),

case_courts as (
    select
        case_id,
        court_code
    from {{ source('ledger', 'case_courts') }}
),

final as (
    select
        delivered.request_id,
        delivered.case_id,
        delivered.case_number,
        delivered.case_number_raw,
        delivered.case_number_status,
        coalesce(delivered.court_code, case_courts.court_code) as court_code,
        delivered.channel,
        delivered.unit_type,
        delivered.matter,
        delivered.sent_at,
        delivered.due_at,
        delivered.feedback_at,
        delivered.result,
        delivered.controlled_amount,
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
