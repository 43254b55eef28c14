with final as (
    {{ latest_delivered(ref('stg_cases__funds'), ['fund_id']) }}
)

select * from final
