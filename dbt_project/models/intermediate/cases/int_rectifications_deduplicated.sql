with final as (
    {{ latest_delivered(ref('stg_cases__rectifications'), ['item_id']) }}
)

select * from final
