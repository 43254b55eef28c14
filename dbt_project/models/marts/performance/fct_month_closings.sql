with deliveries as (
    select * from {{ ref('fct_court_deliveries') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

closings as (
    select * from {{ ref('stg_published__closings') }}
),

counted as (
    select
        courts.province_code,
        deliveries.period_month,
        sum(case when deliveries.is_expected then 1 else 0 end) as deliveries_expected,
        sum(case when deliveries.is_expected and not deliveries.is_delivered then 1 else 0 end) as deliveries_missing
    from deliveries
    inner join courts
        on deliveries.court_code = courts.court_code
    group by courts.province_code, deliveries.period_month
),

spans as (
    select
        province_code,
        max(period_month) as last_month
    from counted
    group by province_code
),

judged as (
    select
        counted.province_code,
        counted.period_month,
        cast(counted.deliveries_expected as integer) as deliveries_expected,
        cast(counted.deliveries_missing as integer) as deliveries_missing,
        coalesce(
            closings.closed_because,
            case
                when counted.deliveries_expected > 0 and counted.deliveries_missing = 0 then 'complete'
                when counted.period_month < spans.last_month then 'later_month'
            end
        ) as closed_because
    from counted
    inner join spans
        on counted.province_code = spans.province_code
    left join closings
        on
            counted.province_code = closings.province_code
            and counted.period_month = closings.period_month
),

final as (
    select
        province_code,
        period_month,
        deliveries_expected,
        deliveries_missing,
        closed_because is not null as is_closed,
        closed_because
    from judged
)

select * from final
