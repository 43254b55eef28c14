with final as (
    {{ latest_delivered(ref('stg_linkage__entrustments'), ['entrustment_id']) }}
)

select * from final
