with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

case_spans as (
    select * from {{ ref('int_case_spans_delivered') }}
),

terms as (
    select * from {{ ref('int_case_terms_computed') }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
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
        cases.respondent_kind,
        cases.extract_month as last_delivered_month,
        case_spans.first_delivered_month,
        coalesce(cases.moved_in_month, cast({{ dbt.date_trunc('month', 'cases.filed_date') }} as date))
            as filed_month,
        coalesce(cases.moved_out_month, cast({{ dbt.date_trunc('month', 'cases.closed_date') }} as date))
            as closed_month,
        closing_modes.closing_code,
        1 as case_one,
        case when cases.closed_date is not null then 1 else 0 end as is_closed,
        case when closing_modes.is_actual_closure then 1 else 0 end as is_actual_closure,
        case when closing_modes.closing_code = 'suspension' then 1 else 0 end as is_suspension,
        case when closing_modes.closing_code = 'full_satisfaction' then 1 else 0 end as is_full_satisfaction,
        case when closing_modes.closing_code = 'termination' then 1 else 0 end as is_termination,
        case
            when cases.closed_date <= terms.term_end_date then 1
            else 0
        end as is_on_time_closure,
        cast({{ dbt.datediff('cases.filed_date', 'cases.closed_date', 'day') }} as integer) as days_to_close,
        case
            when closing_modes.closing_code = 'full_satisfaction'
                then cast({{ dbt.datediff('cases.filed_date', 'cases.closed_date', 'day') }} as integer)
        end as full_satisfaction_days,
        case when cases.claim_amount > 0 then 1 else 0 end as has_claim,
        cast(
            case
                when cases.closed_date is not null and cases.claim_amount > 0
                    then cases.claim_amount
                else 0
            end as decimal(20, 2)
        ) as claim_amount_judged,
        cast(
            case
                when cases.closed_date is not null and cases.claim_amount > 0
                    then least(coalesce(cases.recovered_amount, 0), cases.claim_amount)
                else 0
            end as decimal(20, 2)
        ) as recovered_amount_judged,
        coalesce(cases.actual_closure <> closing_modes.is_actual_closure, false) as actual_closure_flag_differs,
        cases.moved_in_month,
        cases.moved_out_month,
        case when cases.moved_in_month is null then 1 else 0 end as is_new,
        coalesce(cases.moved_in_month, cases.moved_out_month) as moved_month,
        case
            when cases.moved_in_month is not null then 1
            when cases.moved_out_month is not null then -1
            else 0
        end as moved_value
    from cases
    inner join case_spans
        on coalesce(cases.delivered_case_id, cases.case_id) = case_spans.case_id
    inner join terms
        on cases.case_id = terms.case_id
    left join closing_modes
        on cases.closing_mode = closing_modes.closing_mode
)

select * from final
