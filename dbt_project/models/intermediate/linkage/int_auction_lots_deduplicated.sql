with auction_lots as (
    select * from {{ ref('stg_linkage__auction_lots') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by lot_id, round
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from auction_lots
),

final as (
    select
        lot_id,
        case_id,
        court_code,
        round,
        asset_kind,
        started_date,
        valuation_amount,
        starting_price,
        notice_date,
        auction_date,
        result,
        deal_price,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
