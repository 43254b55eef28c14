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
        case when lots.is_ending_round and lots.result = '成交' then 1 else 0 end as is_sold,
        case when lots.round = '一拍' then 1 else 0 end as is_first_round,
        case when lots.round = '一拍' and lots.result in ('成交', '流拍') then 1 else 0 end as is_first_round_held,
        case when lots.is_ending_round and lots.round = '一拍' and lots.result = '成交' then 1 else 0 end
            as is_first_round_sold,
        cast(
            case
                when lots.is_ending_round and lots.result = '成交' and lots.deal_price is not null
                    then coalesce(lots.starting_price, 0)
                else 0
            end as decimal(20, 2)
        ) as sold_starting_amount,
        cast(
            case
                when lots.is_ending_round and lots.result = '成交' and lots.starting_price is not null
                    then coalesce(lots.deal_price - lots.starting_price, 0)
                else 0
            end as decimal(20, 2)
        ) as premium_amount,
        case when lots.is_ending_round and lots.started_date <= lots.auction_date then 1 else 0 end as is_timed,
        case
            when lots.is_ending_round and lots.started_date <= lots.auction_date
                then cast({{ dbt.datediff('lots.started_date', 'lots.auction_date', 'day') }} as integer)
        end as auction_days
    from lots
)

select * from final
