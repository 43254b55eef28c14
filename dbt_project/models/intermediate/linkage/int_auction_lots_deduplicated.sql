with final as (
    {{ latest_delivered(ref('stg_linkage__auction_lots'), ['lot_id', 'round']) }}
)

select * from final
