with cases as (
    select * from {{ ref('stg_cases__cases') }}
),

numbered as (
    select
        _delivery_id,
        _row_number,
        row_number() over (
            partition by case_id
            order by
                extract_month desc,
                case when closed_date is null then 0 else 1 end,
                filed_date desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from cases
),

-- Only keys are sorted and the wide rows are fetched by them: half the time of sorting the rows themselves.
latest as (
    select
        _delivery_id,
        _row_number
    from numbered
    where version_number = 1
),

final as (
    select
        cases.case_id,
        cases.case_number,
        cases.case_number_raw,
        cases.case_number_status,
        cases.court_code,
        cases.case_type,
        cases.cause,
        cases.track,
        cases.received_date,
        cases.filed_date,
        cases.notice_date,
        cases.property_order_date,
        cases.first_query_date,
        cases.restriction_date,
        cases.suspension_interview_date,
        cases.suspension_ruling_date,
        cases.suspension_requested,
        cases.suspension_compliant,
        cases.term_due_date,
        cases.preservation_case_number,
        cases.has_property,
        cases.claim_amount,
        cases.recovered_amount,
        cases.waived_amount,
        cases.outstanding_amount,
        cases.closed_date,
        cases.closing_mode,
        cases.actual_closure,
        cases.original_case_number,
        cases.review_outcome,
        cases.person_hash,
        cases.respondent_kind,
        cases.extract_month
    from cases
    inner join latest
        on
            cases._delivery_id = latest._delivery_id
            and cases._row_number = latest._row_number
)

select * from final
