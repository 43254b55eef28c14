with windows as (
    select * from {{ ref('windows') }}
),

final as (
    select
        window_code,
        name_zh,
        name_en,
        months_expected_rule,
        sort_order
    from windows
)

select * from final
