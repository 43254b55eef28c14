with cases as (
    select * from {{ ref('stg_cases__cases') }}
),

case_spans as (
    select * from {{ ref('int_case_spans_delivered') }}
),

latest as (
    select * from {{ ref('int_cases_deduplicated') }}
),

numbered as (
    select
        cases.case_id,
        cases.claim_amount as first_claim_amount,
        row_number() over (
            partition by cases.case_id
            order by cases._delivery_id desc, cases._row_number desc
        ) as version_number
    from cases
    inner join case_spans
        on
            cases.case_id = case_spans.case_id
            and cases.extract_month = case_spans.first_delivered_month
),

final as (
    select
        latest.case_id,
        latest.case_number,
        latest.court_code,
        latest.case_type,
        latest.closed_date,
        numbered.first_claim_amount,
        latest.claim_amount as last_claim_amount
    from latest
    inner join numbered
        on latest.case_id = numbered.case_id
    where
        numbered.version_number = 1
        and numbered.first_claim_amount is not null
        and latest.claim_amount is not null
)

select * from final
