with court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

weights as (
    select * from {{ ref('indicator_weights') }}
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

compared as (
    select
        peer_groups.peer_group,
        courts.province_code,
        court_indicators.court_code,
        court_indicators.scope_code,
        court_indicators.window_code,
        court_indicators.period_month,
        court_indicators.indicator_code,
        court_indicators.definition_version,
        court_indicators.status,
        cast(
            case
                when indicators.direction = 'monitor' or indicators.denominator_kind = 'none' then 0
                else coalesce(weights.weight, 0)
            end as decimal(9, 4)
        ) as weight,
        case
            when court_indicators.status in ('not_applicable', 'too_few', 'not_delivered', 'not_in_service') then null
            -- A count without a denominator grows with the court: it is no performance, and missing is not zero.
            when indicators.denominator_kind = 'none' then null
            when indicators.direction = 'higher' then -court_indicators.value
            when indicators.direction = 'lower' then court_indicators.value
            when indicators.direction = 'interval' and court_indicators.status = 'met' then 0
            when indicators.direction = 'interval' and court_indicators.status = 'above'
                then court_indicators.value - indicators.interval_high
            when indicators.direction = 'interval' and court_indicators.status = 'below'
                then indicators.interval_low - court_indicators.value
        end as ranking_value
    from court_indicators
    inner join courts
        on court_indicators.court_code = courts.court_code
    inner join periods
        on
            court_indicators.court_code = periods.court_code
            and court_indicators.period_month between periods.first_month and periods.last_month
    inner join peer_groups
        on
            periods.peer_group = peer_groups.own_group
            and court_indicators.scope_code = peer_groups.scope_code
    inner join indicators
        on
            court_indicators.indicator_code = indicators.indicator_code
            and court_indicators.definition_version = indicators.definition_version
            and coalesce(court_indicators.period_month < indicators.superseded_from, true)
    left join weights
        on
            court_indicators.indicator_code = weights.indicator_code
            and court_indicators.period_month >= weights.valid_from
            and court_indicators.period_month <= coalesce(weights.valid_to, court_indicators.period_month)
    where indicators.variant_of is null
),

compared_months as (
    {{ beside_thresholds(
        'compared', 'period_month', least_weight='COMPARABLE_WEIGHT in ratio', least_peers='LEAST_PEERS in court'
    ) }}
),

counted as (
    select
        *,
        count(ranking_value) over (
            partition by province_code, peer_group, window_code, period_month, indicator_code
        ) as peer_count
    from compared_months
),

ranked as (
    select
        *,
        case
            when ranking_value is not null and peer_count >= least_peers
                then rank() over (
                    partition by province_code, peer_group, window_code, period_month, indicator_code
                    order by ranking_value nulls last
                )
        end as indicator_rank,
        case when peer_count >= least_peers then peer_count else 0 end as ranked_count
    from counted
),

pointed as (
    select
        *,
        case
            when indicator_rank is not null
                -- Decimal: doubles summed by several threads differ in the last bit from one build to the next.
                then cast(cast(100 * (ranked_count - indicator_rank + 1) as double) / ranked_count as decimal(18, 12))
        end as points,
        cast(case when indicator_rank is not null then weight else 0 end as decimal(9, 4)) as ranked_weight,
        cast(case when ranking_value is not null then weight else 0 end as decimal(9, 4)) as valued_weight
    from ranked
),

summed as (
    select
        *,
        sum(weight) over court_months as total_weight,
        sum(ranked_weight) over court_months as comparable_weight,
        sum(valued_weight) over court_months as valued_weights,
        sum(ranked_weight * coalesce(points, 0)) over court_months as weighted_points,
        sum(case when ranked_weight > 0 then 1 else 0 end) over court_months as comparable_count,
        sum(case when weight > 0 and status not in ('not_delivered', 'not_in_service') then 1 else 0 end)
            over court_months as delivered_count,
        sum(case when weight > 0 and status <> 'not_in_service' then 1 else 0 end) over court_months as served_count
    from pointed
    window court_months as (partition by peer_group, court_code, window_code, period_month)
),

composed as (
    select
        *,
        case
            when served_count = 0 and delivered_count = 0 and status = 'not_in_service' then 'not_in_service'
            when delivered_count = 0 then 'not_delivered'
            when valued_weights = 0 or valued_weights < least_weight * total_weight then 'too_few'
            when comparable_weight = 0 or comparable_weight < least_weight * total_weight then 'no_peers'
            else 'no_target'
        end as own_composite_status
    from summed
),

composite_counts as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        count(distinct court_code) as composite_count
    from composed
    where own_composite_status = 'no_target'
    group by province_code, peer_group, window_code, period_month
),

final as (
    select
        composed.peer_group,
        composed.province_code,
        composed.court_code,
        composed.scope_code,
        composed.window_code,
        composed.period_month,
        composed.indicator_code,
        composed.definition_version,
        cast(composed.indicator_rank as integer) as rank,
        cast(composed.ranked_count as integer) as ranked_count,
        cast(composed.points as double) as points,
        cast(composed.weight as double) as weight,
        case
            when composed.ranking_value is not null and composed.indicator_rank is null then 'no_peers'
            else composed.status
        end as status,
        cast(composed.weighted_points as double) as composite_numerator,
        cast(composed.comparable_weight as double) as composite_denominator,
        cast(composed.total_weight as double) as total_weight,
        cast(composed.comparable_count as integer) as comparable_count,
        case
            when composed.comparable_weight > 0
                -- Rounded: 1057.142857 of 16 and 1123.214286 of 17 are one mean, whatever the last bit says.
                then round(cast(composed.weighted_points as double) / cast(composed.comparable_weight as double), 9)
        end as composite_value,
        case
            when
                composed.own_composite_status = 'no_target'
                and composite_counts.composite_count < composed.least_peers
                then 'no_peers'
            else composed.own_composite_status
        end as composite_status
    from composed
    left join composite_counts
        on
            composed.province_code = composite_counts.province_code
            and composed.peer_group = composite_counts.peer_group
            and composed.window_code = composite_counts.window_code
            and composed.period_month = composite_counts.period_month
)

select * from final
