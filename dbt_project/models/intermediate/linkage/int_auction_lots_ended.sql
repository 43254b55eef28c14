with lots as (
    select * from {{ ref('int_auction_lots_deduplicated') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by lot_id
            order by
                case when result = '成交' then 0 else 1 end,
                case round when '变卖' then 0 when '二拍' then 1 else 2 end
        ) as ending_rank
    from lots
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
        extract_month,
        coalesce(
            ending_rank = 1
            and (
                result = '成交'
                or (result = '流拍' and round in ('二拍', '变卖'))
            ),
            false
        ) as is_ending_round
    from ranked
)

select * from final
