with court_kinds as (
    select * from {{ ref('fct_delivered_kinds') }}
),

deliveries as (
    select * from {{ ref('stg_ledger__deliveries') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

headers as (
    select distinct
        delivery_courts.court_code,
        delivery_courts.kind,
        delivery_courts.extract_month
    from delivery_courts
    inner join deliveries
        on delivery_courts.delivery_id = deliveries.delivery_id
    where
        deliveries.status = 'accepted'
        and deliveries.row_count = 0
        and delivery_courts.court_code is not null
),

final as (
    select
        coalesce(court_kinds.court_code, headers.court_code) as court_code,
        coalesce(court_kinds.extract_month, headers.extract_month) as period_month,
        coalesce(court_kinds.kind, headers.kind) as extract_kind,
        court_kinds.accepted_count
    from court_kinds
    full outer join headers
        on
            court_kinds.court_code = headers.court_code
            and court_kinds.kind = headers.kind
            and court_kinds.extract_month = headers.extract_month
)

select * from final
