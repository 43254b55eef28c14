with final as (
    {{ latest_delivered(ref('stg_cases__petitions'), ['petition_id']) }}
)

select * from final
