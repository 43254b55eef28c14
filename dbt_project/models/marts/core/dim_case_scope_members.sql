with case_scope_members as (
    select * from {{ ref('case_scope_members') }}
),

final as (
    select
        case_scope,
        case_type
    from case_scope_members
)

select * from final
