with closing_modes as (
    select * from {{ ref('closing_modes') }}
),

final as (
    select
        closing_mode,
        closing_code,
        name_en,
        is_actual_closure,
        sort_order
    from closing_modes
)

select * from final
