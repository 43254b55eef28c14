with scored as (
    select * from {{ ref('int_gaming_scored') }}
),

final as (
    select
        check_code,
        court_code,
        period_month,
        hit_share as value,
        n,
        hit_count,
        own_base,
        own_base_n,
        peer_median,
        peer_share,
        dispersion,
        peer_score,
        own_score,
        flag,
        indicator_code,
        direction
    from scored
)

select * from final
