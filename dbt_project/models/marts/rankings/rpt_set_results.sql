with final as (
    select * from {{ ref('int_window_set_results') }}
)

select * from final
