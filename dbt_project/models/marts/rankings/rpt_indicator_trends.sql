with court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

periods as (
    select * from {{ ref('dim_court_periods') }}
),

peer_groups as (
    select * from {{ ref('dim_peer_groups') }}
),

placed as (
    select
        court_indicators.*,
        courts.province_code,
        peer_groups.peer_group,
        case
            when court_indicators.status in ('met', 'above', 'below', 'no_target')
                then court_indicators.value
        end as judged_value
    from court_indicators
    inner join courts
        on court_indicators.court_code = courts.court_code
    left join periods
        on
            court_indicators.court_code = periods.court_code
            and court_indicators.period_month between periods.first_month and periods.last_month
    left join peer_groups
        on
            periods.peer_group = peer_groups.own_group
            and court_indicators.scope_code = peer_groups.scope_code
    where court_indicators.is_in_force
),

peer_quantiles as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        percentile_cont(0.5) within group (order by judged_value) as peer_median,
        percentile_cont(0.25) within group (order by judged_value) as peer_q25,
        percentile_cont(0.75) within group (order by judged_value) as peer_q75
    from placed
    where
        peer_group is not null
        and judged_value is not null
    group by province_code, peer_group, window_code, period_month, indicator_code
),

province_values as (
    select
        province_code,
        window_code,
        period_month,
        indicator_code,
        value as province_value
    from placed
    where scope_code = 'province'
),

final as (
    select
        placed.court_code,
        placed.scope_code,
        placed.peer_group,
        placed.window_code,
        placed.period_month,
        placed.indicator_code,
        placed.numerator,
        placed.denominator,
        placed.case_count,
        placed.value,
        placed.status,
        placed.definition_version,
        placed.previous_value,
        placed.value_change,
        placed.same_month_last_year_value,
        peer_quantiles.peer_median,
        peer_quantiles.peer_q25,
        peer_quantiles.peer_q75,
        province_values.province_value
    from placed
    left join peer_quantiles
        on
            placed.province_code = peer_quantiles.province_code
            and placed.peer_group = peer_quantiles.peer_group
            and placed.window_code = peer_quantiles.window_code
            and placed.period_month = peer_quantiles.period_month
            and placed.indicator_code = peer_quantiles.indicator_code
    left join province_values
        on
            placed.province_code = province_values.province_code
            and placed.window_code = province_values.window_code
            and placed.period_month = province_values.period_month
            and placed.indicator_code = province_values.indicator_code
)

select * from final
