with final as (
    {{ latest_delivered(ref('stg_linkage__requests'), ['request_id']) }}
)

select * from final
