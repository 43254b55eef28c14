with courts as (
    select * from {{ ref('dim_courts') }}
),

deliveries as (
    select * from {{ ref('fct_delivered_kinds') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

province_spans as (
    select
        courts.province_code,
        min(deliveries.extract_month) as first_month,
        max(deliveries.extract_month) as last_month
    from deliveries
    inner join courts
        on deliveries.court_code = courts.court_code
    group by courts.province_code
),

final as (
    select
        courts.court_code,
        courts.province_code,
        months.period_month,
        months.month_number,
        province_spans.first_month,
        coalesce(
            months.period_month >= courts.in_service_from
            and months.period_month <= coalesce(courts.in_service_to, months.period_month),
            false
        ) as is_in_service
    from courts
    inner join province_spans
        on courts.province_code = province_spans.province_code
    inner join months
        on
            province_spans.first_month <= months.period_month
            and province_spans.last_month >= months.period_month
)

select * from final
