with returns as (
    select * from {{ ref('int_returns_deduplicated') }}
),

final as (
    select
        extract_month as period_month,
        court_code,
        item_code,
        reported_value,
        cast(
            case when item_code = '生效给付裁判' then reported_value else 0 end as decimal(20, 2)
        ) as performance_judgment_count
    from returns
)

select * from final
