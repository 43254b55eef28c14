{%- set families = [
    'early_suspensions', 'skipped_steps', 'small_claims', 'repeated_suspensions', 'missed_rechecks',
    'withdrawals', 'refiled', 'empty_satisfaction', 'resumed_settlements', 'just_past_limits',
    'quick_resumptions', 'quick_satisfactions', 'held_back_filings', 'late_filings', 'number_order',
    'late_month_closings', 'empty_dockets', 'december_closings', 'split_filings', 'claim_edits',
    'backdated_changes', 'vanished_cases', 'late_delistings', 'groundless_listings', 'relistings',
] -%}

with checked as (
    {% for family in families %}
        select
            check_code,
            court_code,
            period_month,
            case_id,
            case_number,
            hit_count,
            trial_count,
            detail_zh,
            detail_en
        from {{ ref('int_checks__' ~ family) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

final as (
    select
        check_code,
        court_code,
        period_month,
        cast(sum(hit_count) as bigint) as hit_count,
        cast(sum(trial_count) as bigint) as trial_count
    from checked
    where period_month is not null
    group by check_code, court_code, period_month
)

select * from final
