with deliveries as (
    select * from {{ ref('int_court_deliveries') }}
),

ever as (
    select
        court_code,
        extract_kind,
        max(accepted_count) as largest_count
    from deliveries
    group by court_code, extract_kind
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
        limited.court_code,
        limited.period_month,
        limited.extract_kind,
        limited.is_due
        and (
            coalesce(ever.largest_count, 0) > 0
            or coalesce(limited.gap_reason in ('refused', 'held'), false)
        ) as is_expected,
        limited.is_delivered,
        limited.is_delivered and limited.accepted_count = 0 as is_nothing_to_report,
        coalesce(
            limited.is_delivered
            and limited.is_answered_with_nothing
            and limited.least_count > limited.least_usual,
            false
        ) as is_implausible,
        limited.gap_reason,
        cast(limited.accepted_count as bigint) as accepted_count
    from limited
    left join ever
        on
            limited.court_code = ever.court_code
            and limited.extract_kind = ever.extract_kind
)

select * from final
