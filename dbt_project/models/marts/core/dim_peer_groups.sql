with peer_groups as (
    select * from {{ ref('peer_groups') }}
),

final as (
    select
        peer_group,
        scope_code,
        level,
        coalesce(own_group, peer_group) as own_group,
        name_zh,
        name_en,
        sort_order
    from peer_groups
)

select * from final
