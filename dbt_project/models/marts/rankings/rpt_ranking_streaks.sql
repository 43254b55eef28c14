with final as (
    select * from {{ ref('int_ranking_streaks') }}
)

select * from final
