select
    lot_id,
    sum(is_ended) as ended_count
from {{ ref('fct_auction_lots') }}
group by lot_id
having sum(is_ended) > 1
