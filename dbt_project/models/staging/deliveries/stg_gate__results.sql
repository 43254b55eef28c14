with results as (
    select * from {{ source('gate', 'results') }}
),

final as (
    select
        kind,
        extract_month,
        rule_code,
        rule_zh,
        rule_en,
        severity,
        checked_count,
        failed_count,
        threshold,
        passed
    from results
    where {{ is_known('extract_month') }}
)

select * from final
