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
        coalesce(links.original_case_id, cases.case_id) as root_case_id
    from cases
    inner join closing_modes
        on cases.closing_mode = closing_modes.closing_mode
    left join links
        on cases.case_id = links.case_id
    where
        closing_modes.closing_code = 'suspension'
        and cases.case_type in ('执', '执恢')
),

expiring as (
    {{ falling_due('suspended', 'suspended_date', 'expiry_date', limit_code='N30b', rolls=false) }}
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
        expiring.case_id,
        expiring.case_number,
        expiring.court_code,
        expiring.case_type,
        expiring.root_case_id,
        expiring.suspended_date,
        expiring.expiry_date,
        resumed.resumed_case_id,
        resumed.resumed_date,
        case
            when closing_modes.closing_code = 'full_satisfaction' then resumed.resumed_closed_date
        end as satisfied_date,
        coalesce(resumed.resumed_date < expiring.expiry_date, false) as is_reactivated
    from expiring
    left join resumed
        on
            expiring.case_id = resumed.case_id
            and resumed.resumption_number = 1
    left join closing_modes
        on resumed.resumed_closing_mode = closing_modes.closing_mode
)

select * from final
