with final as (
    {{ latest_delivered(ref('stg_cases__nodes'), ['case_id', 'node_code', 'started_at']) }}
)

select * from final
