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

looking_back as (
    {{
        falling_due(
            'filings', 'filed_date', 'looks_back_to', limit_code='GC07', count='-limits.limit_count', rolls=false,
            carrying=['words_zh', 'words_en']
        )
    }}
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
        looking_back.case_id,
        max(given_up.case_number) as earlier_case_number,
        max(looking_back.words_zh) as within_zh,
        max(looking_back.words_en) as within_en
    from looking_back
    inner join given_up
        on
            looking_back.court_code = given_up.court_code
            and looking_back.person_hash = given_up.person_hash
            and looking_back.cause = given_up.cause
            and looking_back.claim_amount = given_up.claim_amount
            and looking_back.case_id <> given_up.case_id
            and looking_back.filed_date >= given_up.closed_date
            and looking_back.looks_back_to <= given_up.closed_date
    group by looking_back.case_id
),

final as (
    select
        filings.case_id,
        filings.case_number,
        filings.court_code,
        filings.filed_date,
        cast(filings.place_in_batch as integer) as place_in_batch,
        refiled.earlier_case_number,
        refiled.within_zh,
        refiled.within_en
    from filings
    left join refiled
        on filings.case_id = refiled.case_id
)

select * from final
