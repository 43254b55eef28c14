with cases as (
    select
        case_id,
        received_date,
        case when case_type in ('执', '执恢') then received_date end as notice_from_date,
        case when case_type in ('执', '执恢') then filed_date end as query_from_date
    from {{ ref('int_cases_deduplicated') }}
),

filings_due as (
    {{ falling_due('cases', 'received_date', 'filing_due_date', limit_code='N01') }}
),

notices_due as (
    {{ falling_due('filings_due', 'notice_from_date', 'notice_due_date', limit_code='N03') }}
),

queries_due as (
    {{ falling_due('notices_due', 'query_from_date', 'query_due_date', limit_code='N08') }}
),

final as (
    select
        case_id,
        filing_due_date,
        notice_due_date,
        query_due_date
    from queries_due
)

select * from final
