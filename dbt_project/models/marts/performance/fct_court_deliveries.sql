with deliveries as (
    select * from {{ ref('int_court_deliveries') }}
),

usual as (
    select
        *,
        min(accepted_count) over (
            partition by court_code, extract_kind
            order by period_month
            rows between 12 preceding and 1 preceding
        ) as least_count
    from deliveries
),

limited as (
    {{ beside_thresholds('usual', 'period_month', least_usual='NOTHING_TO_REPORT in row') }}
),

final as (
    select
        court_code,
        period_month,
        extract_kind,
        is_due as is_expected,
        is_delivered,
        is_delivered and accepted_count = 0 as is_nothing_to_report,
        coalesce(
            is_delivered
            and is_answered_with_nothing
            and least_count > least_usual,
            false
        ) as is_implausible,
        gap_reason,
        cast(accepted_count as bigint) as accepted_count
    from limited
)

select * from final
