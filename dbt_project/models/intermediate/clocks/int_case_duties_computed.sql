with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

limits as (
    select
        node_code,
        valid_from,
        valid_to,
        cast(limit_value as integer) as limit_count
    from {{ ref('node_limits') }}
    where node_code in ('N01', 'N03', 'N08') and limit_unit = 'day'
),

calendar as (
    select * from {{ ref('int_working_days_numbered') }}
),

unrolled as (
    select
        cases.case_id,
        cast({{ dbt.dateadd('day', 'filings.limit_count', 'cases.received_date') }} as date) as filing_day,
        cast({{ dbt.dateadd('day', 'notices.limit_count', 'cases.received_date') }} as date) as notice_day,
        cast({{ dbt.dateadd('day', 'queries.limit_count', 'cases.filed_date') }} as date) as query_day
    from cases
    left join limits as filings
        on
            filings.node_code = 'N01'
            and coalesce(filings.valid_from, cases.received_date) <= cases.received_date
            and cases.received_date <= coalesce(filings.valid_to, cases.received_date)
    left join limits as notices
        on
            notices.node_code = 'N03'
            and cases.case_type in ('执', '执恢')
            and coalesce(notices.valid_from, cases.received_date) <= cases.received_date
            and cases.received_date <= coalesce(notices.valid_to, cases.received_date)
    left join limits as queries
        on
            queries.node_code = 'N08'
            and cases.case_type in ('执', '执恢')
            and coalesce(queries.valid_from, cases.filed_date) <= cases.filed_date
            and cases.filed_date <= coalesce(queries.valid_to, cases.filed_date)
),

final as (
    select
        unrolled.case_id,
        coalesce(filing_days.next_working_day, unrolled.filing_day) as filing_due_date,
        coalesce(notice_days.next_working_day, unrolled.notice_day) as notice_due_date,
        coalesce(query_days.next_working_day, unrolled.query_day) as query_due_date
    from unrolled
    left join calendar as filing_days
        on unrolled.filing_day = filing_days.day
    left join calendar as notice_days
        on unrolled.notice_day = notice_days.day
    left join calendar as query_days
        on unrolled.query_day = query_days.day
)

select * from final
