with case_types as (
    select * from {{ ref('case_types') }}
),

final as (
    select
        case_type,
        name_zh,
        name_en,
        case_class,
        sort_order
    from case_types
)

select * from final
