with final as (
    {{ latest_delivered(ref('stg_defaulters__restrictions'), ['restriction_id']) }}
)

select * from final
