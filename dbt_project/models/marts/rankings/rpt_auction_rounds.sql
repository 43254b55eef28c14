with lots as (
    select * from {{ ref('fct_auction_lots') }}
),

final as (
    select
        court_code,
        auction_month as period_month,
        round,
        cast(count(*) as bigint) as held_count,
        cast(sum(case when result = '成交' then 1 else 0 end) as bigint) as sold_count,
        cast(sum(case when result = '流拍' then 1 else 0 end) as bigint) as unsold_count,
        cast(sum(case when result = '撤回' then 1 else 0 end) as bigint) as withdrawn_count,
        cast(sum(case when result = '中止' then 1 else 0 end) as bigint) as stayed_count,
        cast(
            sum(case when result = '成交' and deal_price is not null then coalesce(starting_price, 0) else 0 end)
            as decimal(24, 2)
        ) as starting_amount,
        cast(
            sum(case when result = '成交' and starting_price is not null then coalesce(deal_price, 0) else 0 end)
            as decimal(24, 2)
        ) as deal_amount
    from lots
    where auction_month is not null
    group by court_code, auction_month, round
)

select * from final
