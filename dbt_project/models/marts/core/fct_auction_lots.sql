with lots as (
    select * from {{ ref('int_auction_lots_ended') }}
),

final as (
    select
        lots.lot_id,
        lots.case_id,
        lots.court_code,
        lots.round,
        lots.asset_kind,
        lots.started_date,
        lots.valuation_amount,
        lots.starting_price,
        lots.notice_date,
        lots.auction_date,
        lots.result,
        lots.deal_price,
        lots.extract_month as last_delivered_month,
        lots.lot_id || '|' || lots.round as lot_round_key,
        cast({{ dbt.date_trunc('month', 'lots.auction_date') }} as date) as auction_month,
        case
            when lots.is_ending_round
                then cast({{ dbt.date_trunc('month', 'lots.auction_date') }} as date)
        end as ended_month,
        1 as lot_round_one,
        case when lots.is_ending_round then 1 else 0 end as is_ended,
        case when lots.is_ending_round and lots.result = '成交' then 1 else 0 end as is_sold
    from lots
)

select * from final
