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

final as (
    select
        deliveries.court_code,
        deliveries.period_month,
        deliveries.extract_kind,
        deliveries.is_due and coalesce(ever.largest_count, 0) > 0 as is_expected,
        deliveries.is_delivered,
        deliveries.is_delivered and deliveries.accepted_count = 0 as is_nothing_to_report,
        cast(deliveries.accepted_count as bigint) as accepted_count
    from deliveries
    left join ever
        on
            deliveries.court_code = ever.court_code
            and deliveries.extract_kind = ever.extract_kind
)

select * from final
