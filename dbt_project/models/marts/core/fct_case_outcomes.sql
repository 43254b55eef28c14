with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
),

linked as (
    select
        cases.case_id,
        cases.case_number,
        cases.court_code,
        cases.case_type,
        cases.cause,
        cases.filed_date,
        cases.closed_date,
        cases.closing_mode,
        cases.preservation_case_number,
        cases.suspension_compliant,
        cases.review_outcome,
        coalesce(closing_modes.closing_code, 'open') as closing_code,
        coalesce(cases.moved_in_month, cast({{ dbt.date_trunc('month', 'cases.filed_date') }} as date))
            as filed_month,
        coalesce(cases.moved_out_month, cast({{ dbt.date_trunc('month', 'cases.closed_date') }} as date))
            as closed_month,
        coalesce(cases.keeps_number, false) as keeps_number
    from cases
    left join closing_modes
        on cases.closing_mode = closing_modes.closing_mode
),

final as (
    select
        case_id,
        case_number,
        court_code,
        case_type,
        cause,
        filed_date,
        closed_date,
        closing_mode,
        preservation_case_number,
        suspension_compliant,
        review_outcome,
        filed_month,
        closed_month,
        1 as case_one,
        case
            when preservation_case_number is not null and preservation_case_number <> '' and not keeps_number then 1
            else 0
        end as is_preserved,
        case when closing_code = 'suspension' and suspension_compliant is not null then 1 else 0 end
            as is_suspension_judged,
        case when closing_code = 'suspension' and suspension_compliant then 1 else 0 end as is_suspension_compliant,
        case when closing_code in ('full_satisfaction', 'termination') then 1 else 0 end as is_strict_closure,
        case when closing_code in ('full_satisfaction', 'termination', 'suspension') then 1 else 0 end
            as is_counted_closure,
        case when closed_date is not null and review_outcome in ('成立', '部分成立') then 1 else 0 end as is_upheld,
        case when closed_date is not null and review_outcome in ('撤销', '改正') then 1 else 0 end as is_reversed
    from linked
)

select * from final
