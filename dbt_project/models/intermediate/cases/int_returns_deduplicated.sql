with final as (
    {{ latest_delivered(ref('stg_cases__returns'), ['court_code', 'extract_month', 'item_code']) }}
)

select * from final
