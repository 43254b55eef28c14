with checks as (
    select * from {{ ref('suspension_checks') }}
),

final as (
    select
        check_id,
        name_zh,
        name_en,
        legal_basis,
        coverage,
        condition_zh,
        condition_en,
        carried_zh,
        carried_en,
        sort_order
    from checks
)

select * from final
