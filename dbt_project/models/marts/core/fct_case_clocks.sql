with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

terms as (
    select * from {{ ref('int_case_terms_computed') }}
),

duties as (
    select * from {{ ref('int_case_duties_computed') }}
),

ageing as (
    {{ falling_due('cases', 'filed_date', 'old_date', limit_code='SX03', rolls=false) }}
),

closing_modes as (
    select * from {{ ref('closing_modes') }}
),

timed as (
    select
        cases.case_id,
        cases.case_number,
        cases.court_code,
        cases.case_type,
        cases.cause,
        cases.received_date,
        cases.filed_date,
        cases.notice_date,
        cases.first_query_date,
        cases.closed_date,
        cases.closing_mode,
        cases.has_property,
        coalesce(closing_modes.is_actual_closure, false) as is_actual_closure,
        case when not coalesce(cases.keeps_number, false) then duties.filing_due_date end as filing_due_date,
        case when not coalesce(cases.keeps_number, false) then duties.notice_due_date end as notice_due_date,
        case when not coalesce(cases.keeps_number, false) then duties.query_due_date end as query_due_date,
        terms.term_by_rule_date,
        terms.term_end_date,
        terms.deducted_days,
        terms.extended_days,
        terms.calendar_status,
        coalesce(cases.moved_out_month, cast({{ dbt.date_trunc('month', 'cases.closed_date') }} as date))
            as closed_month,
        cases.moved_in_month,
        cast(
            {{ dbt.date_trunc('month', dbt.dateadd('day', 1, 'terms.term_end_date')) }} as date
        ) as overdue_month,
        cast(
            {{ dbt.date_trunc('month', dbt.dateadd('day', 1, 'cases.old_date')) }} as date
        ) as old_month
    from ageing as cases
    inner join terms
        on cases.case_id = terms.case_id
    inner join duties
        on cases.case_id = duties.case_id
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
        received_date,
        filed_date,
        notice_date,
        first_query_date,
        closed_date,
        closing_mode,
        has_property,
        filing_due_date,
        notice_due_date,
        query_due_date,
        term_by_rule_date,
        term_end_date,
        deducted_days,
        extended_days,
        calendar_status,
        coalesce(moved_in_month, cast({{ dbt.date_trunc('month', 'filed_date') }} as date)) as filed_month,
        closed_month,
        cast({{ dbt.date_trunc('month', 'filing_due_date') }} as date) as filing_due_month,
        cast({{ dbt.date_trunc('month', 'notice_due_date') }} as date) as notice_due_month,
        cast({{ dbt.date_trunc('month', 'query_due_date') }} as date) as query_due_month,
        case
            when closed_month is null or closed_month > greatest(overdue_month, coalesce(moved_in_month, overdue_month))
                then greatest(overdue_month, coalesce(moved_in_month, overdue_month))
        end as overdue_from_month,
        case
            when closed_month is null or closed_month > greatest(old_month, coalesce(moved_in_month, old_month))
                then greatest(old_month, coalesce(moved_in_month, old_month))
        end as old_from_month,
        1 as case_one,
        case when filing_due_date is not null then 1 else 0 end as is_filing_due,
        case when filed_date <= filing_due_date then 1 else 0 end as is_filed_on_time,
        -- A case closed before a duty fell due, the duty undone, owes it no longer.
        case
            when
                notice_due_date is not null
                and (notice_date is not null or coalesce(closed_date, notice_due_date) >= notice_due_date)
                then 1
            else 0
        end as is_notice_due,
        case when notice_date <= notice_due_date then 1 else 0 end as is_notice_on_time,
        case
            when
                query_due_date is not null
                and (first_query_date is not null or coalesce(closed_date, query_due_date) >= query_due_date)
                then 1
            else 0
        end as is_query_due,
        case when first_query_date <= query_due_date then 1 else 0 end as is_query_on_time,
        case when is_actual_closure and closed_date <= term_end_date then 1 else 0 end as is_on_time_actual_closure,
        case when has_property then 1 else 0 end as is_property_case,
        case when has_property and closed_date is not null then 1 else 0 end as is_property_closure,
        case
            when has_property and is_actual_closure and closed_date <= term_end_date then 1
            else 0
        end as is_property_on_time_closure
    from timed
)

select * from final
