with deliveries as (
    select * from {{ ref('fct_court_deliveries') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

gaps as (
    select * from {{ ref('stg_ledger__delivery_gaps') }}
),

of_spine as (
    select
        courts.province_code,
        deliveries.period_month,
        count(*) as courts_expected,
        sum(case when deliveries.is_delivered then 1 else 0 end) as courts_delivered
    from deliveries
    inner join courts
        on deliveries.court_code = courts.court_code
    where deliveries.extract_kind = 'cases' and deliveries.is_expected
    group by courts.province_code, deliveries.period_month
),

spans as (
    select
        province_code,
        max(period_month) as last_month,
        max(courts_expected) as courts_expected
    from of_spine
    group by province_code
),

-- A month whose every file was refused or held has no row of its own, and speaks for no court at all.
without_any as (
    select distinct
        spans.province_code,
        gaps.extract_month as period_month,
        spans.courts_expected,
        0 as courts_delivered
    from gaps
    left join courts
        on gaps.court_code = courts.court_code
    inner join spans
        on
            coalesce(courts.province_code, spans.province_code) = spans.province_code
            and gaps.extract_month > spans.last_month
    where gaps.kind = 'cases'
),

counted as (
    select * from of_spine
    union all
    select * from without_any
),

limited as (
    {{ beside_thresholds('counted', 'period_month', least_share='COVERAGE in ratio') }}
),

final as (
    select
        province_code,
        period_month,
        cast(courts_expected as integer) as courts_expected,
        cast(courts_delivered as integer) as courts_delivered,
        cast(courts_delivered as double) / cast(courts_expected as double) as delivered_share,
        cast(least_share as double) as least_share,
        coalesce(cast(courts_delivered as double) >= least_share * courts_expected, true) as is_enough
    from limited
)

select * from final
