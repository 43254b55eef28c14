with checks as (
    select * from {{ ref('gaming_checks') }}
),

final as (
    select
        check_code,
        name_zh,
        name_en,
        practice_zh,
        practice_en,
        shows_zh,
        shows_en,
        computed_zh,
        computed_en,
        indicator_code,
        is_checkable,
        not_checkable_zh,
        not_checkable_en,
        window_months,
        base_rule,
        base_months,
        min_trials,
        min_hits,
        min_lift,
        watch_score,
        alert_score,
        threshold_zh,
        threshold_en,
        innocent_zh,
        innocent_en,
        innocent_small_zh,
        innocent_small_en,
        sort_order
    from checks
)

select * from final
