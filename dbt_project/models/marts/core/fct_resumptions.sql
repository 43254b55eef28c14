with links as (
    select * from {{ ref('int_resumptions_matched') }}
),

cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
),

final as (
    select
        links.case_id,
        links.case_number,
        links.court_code,
        links.filed_date,
        links.closed_date,
        closing_modes.closing_code,
        links.original_case_number,
        links.original_case_id,
        links.link_status,
        originals.closed_date as original_closed_date,
        original_modes.closing_code as original_closing_code,
        cast({{ dbt.date_trunc('month', 'links.filed_date') }} as date) as filed_month,
        cast({{ dbt.datediff('originals.closed_date', 'links.filed_date', 'day') }} as integer) as days_to_resumption,
        cast({{ dbt.datediff('links.filed_date', 'links.closed_date', 'day') }} as integer) as days_to_close,
        1 as resumption_one,
        case when links.link_status = 'linked' then 1 else 0 end as is_linked,
        case when links.link_status = 'linked' then 0 else 1 end as is_unlinked
    from links
    left join cases as originals
        on links.original_case_id = originals.case_id
    left join closing_modes
        on links.closing_mode = closing_modes.closing_mode
    left join closing_modes as original_modes
        on originals.closing_mode = original_modes.closing_mode
)

select * from final
