with delivered as (
    select * from {{ source('linkage', 'auctions') }}
),

in_force as (
    {{ in_force('auctions') }}
),

case_courts as (
    select
        case_id,
        court_code
    from {{ source('ledger', 'case_courts') }}
),

final as (
    select
        delivered.lot_id,
        delivered.case_id,
        coalesce(delivered.court_code, case_courts.court_code) as court_code,
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
    left join case_courts
        on delivered.case_id = case_courts.case_id
    inner join in_force
        on
            delivered._delivery_id = in_force.delivery_id
            and coalesce(delivered.court_code, case_courts.court_code) = in_force.court_code
)

select * from final
