with delivered as (
    select * from {{ source('linkage', 'auctions') }}
),

in_force as (
    select
        delivery_id,
        court_code
    from {{ source('ledger', 'delivery_courts') }}
    where
        kind = 'auctions'
        and is_in_force
        and {{ is_known('extract_month') }}
),

final as (
    select
        delivered.lot_id,
        delivered.case_id,
        delivered.court_code,
        delivered.round,
        delivered.asset_kind,
        delivered.started_date,
        delivered.valuation_amount,
        delivered.starting_price,
        delivered.notice_date,
        delivered.auction_date,
        delivered.result,
        delivered.deal_price,
        delivered._extract_month as extract_month,
        delivered._delivery_id,
        delivered._row_number
    from delivered
    inner join in_force
        on
            delivered._delivery_id = in_force.delivery_id
            and delivered.court_code = in_force.court_code
)

select * from final
