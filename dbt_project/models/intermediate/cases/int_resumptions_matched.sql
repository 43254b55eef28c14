with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

first_months as (
    select
        court_code,
        min(extract_month) as first_month
    from delivery_courts
    where kind = 'cases' and is_in_force
    group by court_code
),

-- The number of the original is free text in the extract: brackets as they come.
resumptions as (
    select
        *,
        {{ stated_case_number('original_case_number') }} as original_number
    from cases
    where case_type = '执恢'
),

originals as (
    select
        court_code,
        case_number,
        min(case_id) as case_id,
        count(*) as match_count
    from cases
    where case_type = '执' and case_number is not null
    group by court_code, case_number
),

final as (
    select
        resumptions.case_id,
        resumptions.case_number,
        resumptions.court_code,
        resumptions.filed_date,
        resumptions.closed_date,
        resumptions.closing_mode,
        resumptions.original_case_number,
        case when originals.match_count = 1 then originals.case_id end as original_case_id,
        case
            when resumptions.original_number is null or resumptions.original_number = '' then 'no_number'
            when originals.match_count = 1 then 'linked'
            when originals.match_count > 1 then 'ambiguous'
            when
                substring(resumptions.original_number, 2, 4)
                < cast(extract(year from first_months.first_month) as {{ dbt.type_string() }})
                then 'before_deliveries'
            else 'not_found'
        end as link_status
    from resumptions
    left join originals
        on
            resumptions.court_code = originals.court_code
            and resumptions.original_number = originals.case_number
    left join first_months
        on resumptions.court_code = first_months.court_code
)

select * from final
