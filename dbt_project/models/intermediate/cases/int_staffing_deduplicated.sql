with final as (
    {{ latest_delivered(ref('stg_cases__staffing'), ['court_code', 'extract_month']) }}
)

select * from final
