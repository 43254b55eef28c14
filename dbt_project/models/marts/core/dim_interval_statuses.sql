with interval_statuses as (
    select * from {{ ref('interval_statuses') }}
),

final as (
    select
        interval_status,
        name_zh,
        name_en,
        note_zh,
        note_en,
        sort_order
    from interval_statuses
)

select * from final
