with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
),

links as (
    select *
    from {{ ref('int_resumptions_matched') }}
    where original_case_id is not null
),

suspended as (
    select
        cases.case_id,
        cases.case_number,
        cases.court_code,
        cases.case_type,
        cases.closed_date as suspended_date,
        coalesce(links.original_case_id, cases.case_id) as root_case_id,
        cast({{ dbt.dateadd('month', 60, 'cases.closed_date') }} as date) as expiry_date
    from cases
    inner join closing_modes
        on cases.closing_mode = closing_modes.closing_mode
    left join links
        on cases.case_id = links.case_id
    where
        closing_modes.closing_code = 'suspension'
        and cases.case_type in ('执', '执恢')
),

resumed as (
    select
        suspended.case_id,
        links.case_id as resumed_case_id,
        links.filed_date as resumed_date,
        links.closed_date as resumed_closed_date,
        links.closing_mode as resumed_closing_mode,
        row_number() over (
            partition by suspended.case_id
            order by links.filed_date, links.case_id
        ) as resumption_number
    from suspended
    inner join links
        on
            suspended.root_case_id = links.original_case_id
            and suspended.case_id <> links.case_id
            and suspended.suspended_date <= links.filed_date
),

final as (
    select
        suspended.case_id,
        suspended.case_number,
        suspended.court_code,
        suspended.case_type,
        suspended.root_case_id,
        suspended.suspended_date,
        suspended.expiry_date,
        resumed.resumed_case_id,
        resumed.resumed_date,
        case
            when closing_modes.closing_code = 'full_satisfaction' then resumed.resumed_closed_date
        end as satisfied_date,
        coalesce(resumed.resumed_date < suspended.expiry_date, false) as is_reactivated
    from suspended
    left join resumed
        on
            suspended.case_id = resumed.case_id
            and resumed.resumption_number = 1
    left join closing_modes
        on resumed.resumed_closing_mode = closing_modes.closing_mode
)

select * from final
