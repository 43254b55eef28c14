with final as (
    {{ latest_delivered(ref('stg_linkage__activities'), ['court_code', 'activity', 'occurred_date']) }}
)

select * from final
