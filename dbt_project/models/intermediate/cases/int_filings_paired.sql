with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
),

filings as (
    select
        case_id,
        case_number,
        court_code,
        person_hash,
        cause,
        filed_date,
        claim_amount,
        cast({{ dbt.dateadd('month', -12, 'filed_date') }} as date) as year_before,
        case
            when person_hash is not null
                then row_number() over (
                    partition by court_code, person_hash, cause, filed_date
                    order by case_number, case_id
                )
            else 1
        end as place_in_batch
    from cases
    where case_type = '执'
),

given_up as (
    select
        cases.case_id,
        cases.case_number,
        cases.court_code,
        cases.person_hash,
        cases.cause,
        cases.claim_amount,
        cases.closed_date
    from cases
    inner join closing_modes
        on cases.closing_mode = closing_modes.closing_mode
    where
        cases.case_type = '执'
        and cases.person_hash is not null
        and closing_modes.closing_code in ('termination', 'withdrawal')
),

refiled as (
    select
        filings.case_id,
        max(given_up.case_number) as earlier_case_number
    from filings
    inner join given_up
        on
            filings.court_code = given_up.court_code
            and filings.person_hash = given_up.person_hash
            and filings.cause = given_up.cause
            and filings.claim_amount = given_up.claim_amount
            and filings.case_id <> given_up.case_id
            and filings.filed_date >= given_up.closed_date
            and filings.year_before <= given_up.closed_date
    group by filings.case_id
),

final as (
    select
        filings.case_id,
        filings.case_number,
        filings.court_code,
        filings.filed_date,
        cast(filings.place_in_batch as integer) as place_in_batch,
        refiled.earlier_case_number
    from filings
    left join refiled
        on filings.case_id = refiled.case_id
)

select * from final
