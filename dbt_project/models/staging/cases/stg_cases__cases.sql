with delivered as (
    select * from {{ source('cases', 'cases') }}
),

in_force as (
    {{ in_force('cases') }}
),

final as (
    select
        delivered.case_id,
        delivered.case_number,
        delivered.case_number_raw,
        delivered.case_number_status,
        delivered.court_code,
        delivered.case_type,
        delivered.cause,
        delivered.track,
        delivered.received_date,
        delivered.filed_date,
        delivered.notice_date,
        delivered.property_order_date,
        delivered.first_query_date,
        delivered.restriction_date,
        delivered.suspension_interview_date,
        delivered.suspension_ruling_date,
        delivered.suspension_requested,
        delivered.suspension_compliant,
        delivered.term_due_date,
        delivered.preservation_case_number,
        delivered.has_property,
        delivered.claim_amount,
        delivered.recovered_amount,
        delivered.waived_amount,
        delivered.outstanding_amount,
        delivered.closed_date,
        delivered.closing_mode,
        delivered.actual_closure,
        delivered.original_case_number,
        delivered.review_outcome,
        delivered.person_hash,
        delivered.respondent_kind,
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
