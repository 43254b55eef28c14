with final as (
    {{ latest_delivered(ref('stg_defaulters__listings'), ['listing_id']) }}
)

select * from final
