with results as (
    select * from {{ ref('stg_gate__results') }}
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
)

select * from final
