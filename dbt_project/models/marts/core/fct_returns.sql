with returns as (
    select * from {{ ref('int_returns_deduplicated') }}
),

final as (
    select
        extract_month as period_month,
        court_code,
        item_code,
        reported_value
    from returns
)

select * from final
