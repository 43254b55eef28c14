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

served_months as (
    select
        court_code,
        period_month,
        counting_court_code
    from {{ ref('int_court_months') }}
    where counting_court_code is not null
),

-- Court months whose file lacks a column that the check depends on.
lacking as (
    select distinct
        missing_columns.court_code,
        missing_columns.extract_month as period_month,
        check_columns.check_code
    from {{ ref('fct_missing_columns') }} as missing_columns
    inner join {{ ref('check_columns') }} as check_columns
        on
            missing_columns.kind = check_columns.kind
            and missing_columns.column_name = check_columns.column_name
),

final as (
    select
        checked.check_code,
        served_months.counting_court_code as court_code,
        checked.period_month,
        cast(sum(checked.hit_count) as bigint) as hit_count,
        cast(sum(checked.trial_count) as bigint) as trial_count
    from checked
    inner join served_months
        on
            checked.court_code = served_months.court_code
            and checked.period_month = served_months.period_month
    left join lacking
        on
            served_months.counting_court_code = lacking.court_code
            and checked.period_month = lacking.period_month
            and checked.check_code = lacking.check_code
    where lacking.check_code is null
    group by checked.check_code, served_months.counting_court_code, checked.period_month
)

select * from final
