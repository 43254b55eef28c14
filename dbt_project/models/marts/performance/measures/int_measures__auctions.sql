with records as (
    select * from {{ ref('fct_auction_lots') }}
),

final as (
    {{ summed_by_month('ended_lots', 'ended_month', 'is_ended') }}
    union all
    {{ summed_by_month('sold_lots', 'ended_month', 'is_sold') }}
)

select * from final
