{%- set families = [
    'early_suspensions', 'skipped_steps', 'small_claims', 'repeated_suspensions', 'missed_rechecks',
    'withdrawals', 'refiled', 'empty_satisfaction', 'resumed_settlements', 'just_past_limits',
    'quick_resumptions', 'quick_satisfactions', 'held_back_filings', 'late_filings', 'number_order',
    'late_month_closings', 'split_filings', 'claim_edits',
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
            detail_zh,
            detail_en
        from {{ ref('int_checks__' ~ family) }}
        where hit_count > 0
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

served_months as (
    select * from {{ ref('int_court_months') }}
),

counted as (
    select * from {{ ref('int_gaming_counted') }}
),

flagged as (
    select
        scored.check_code,
        scored.court_code,
        scored.period_month,
        scored.flag,
        cast({{ dbt.dateadd('month', '1 - checks.window_months', 'scored.period_month') }} as date) as window_from
    from {{ ref('int_gaming_scored') }} as scored
    inner join {{ ref('gaming_checks') }} as checks
        on scored.check_code = checks.check_code
    where scored.flag <> 'none'
),

final as (
    select
        flagged.check_code,
        flagged.court_code,
        flagged.period_month,
        flagged.flag,
        checked.period_month as event_month,
        checked.case_id,
        checked.case_number,
        checked.detail_zh,
        checked.detail_en
    from flagged
    inner join served_months
        on flagged.court_code = served_months.counting_court_code
    inner join checked
        on
            flagged.check_code = checked.check_code
            and served_months.court_code = checked.court_code
            and served_months.period_month = checked.period_month
            and flagged.window_from <= checked.period_month
            and flagged.period_month >= checked.period_month
    -- What was not counted accuses nobody: where a column is not delivered, every case looks like a hit.
    inner join counted
        on
            checked.check_code = counted.check_code
            and flagged.court_code = counted.court_code
            and checked.period_month = counted.period_month
)

select * from final
