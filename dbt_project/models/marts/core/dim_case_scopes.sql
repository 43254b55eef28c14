with case_scopes as (
    select * from {{ ref('case_scopes') }}
),

final as (
    select
        case_scope,
        name_zh,
        name_en,
        sort_order
    from case_scopes
)

select * from final
