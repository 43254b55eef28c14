with scores as (
    select * from {{ ref('fct_court_scores') }}
),

court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

presentation_modes as (
    select * from {{ ref('dim_presentation_modes') }}
),

court_intervals as (
    select * from {{ ref('fct_court_intervals') }}
),

rank_intervals as (
    select * from {{ ref('fct_rank_intervals') }}
),

indicator_rows as (
    select
        scores.peer_group,
        scores.province_code,
        scores.scope_code,
        scores.window_code,
        scores.period_month,
        scores.indicator_code,
        scores.definition_version,
        scores.court_code,
        court_indicators.numerator,
        court_indicators.denominator,
        court_indicators.case_count,
        court_indicators.value,
        indicators.unit,
        indicators.direction,
        scores.rank,
        scores.ranked_count,
        scores.points as score,
        scores.status,
        case when scores.status = 'no_peers' then court_indicators.status else scores.status end as judged_status
    from scores
    inner join court_indicators
        on
            scores.court_code = court_indicators.court_code
            and scores.scope_code = court_indicators.scope_code
            and scores.window_code = court_indicators.window_code
            and scores.period_month = court_indicators.period_month
            and scores.indicator_code = court_indicators.indicator_code
            and scores.definition_version = court_indicators.definition_version
    inner join indicators
        on
            scores.indicator_code = indicators.indicator_code
            and scores.definition_version = indicators.definition_version
),

composites as (
    select distinct
        peer_group,
        province_code,
        scope_code,
        window_code,
        period_month,
        court_code,
        composite_numerator,
        composite_denominator,
        comparable_count,
        composite_value,
        composite_status,
        case when composite_status = 'no_target' then composite_value end as ranking_value
    from scores
),

composite_rows as (
    select
        peer_group,
        province_code,
        scope_code,
        window_code,
        period_month,
        'COMPOSITE' as indicator_code,
        cast(null as {{ dbt.type_string() }}) as definition_version,
        court_code,
        cast(composite_numerator as decimal(24, 2)) as numerator,
        cast(composite_denominator as decimal(24, 2)) as denominator,
        cast(comparable_count as bigint) as case_count,
        composite_value as value,
        'points' as unit,
        'higher' as direction,
        case
            when ranking_value is not null
                then cast(rank() over (
                    partition by province_code, peer_group, window_code, period_month
                    order by ranking_value desc nulls last
                ) as integer)
        end as rank,
        cast(count(ranking_value) over (
            partition by province_code, peer_group, window_code, period_month
        ) as integer) as ranked_count,
        composite_value as score,
        composite_status as status,
        composite_status as judged_status
    from composites
),

ranked as (
    select * from indicator_rows
    union all
    select * from composite_rows
),

definitions as (
    select distinct
        period_month,
        indicator_code,
        definition_version
    from scores
),

-- A composite one of whose indicators is counted in another way than the month before.
redefined_months as (
    select distinct later.period_month
    from definitions as later
    inner join definitions as earlier
        on
            later.indicator_code = earlier.indicator_code
            and later.definition_version <> earlier.definition_version
            and later.period_month = cast({{ dbt.dateadd('month', 1, 'earlier.period_month') }} as date)
),

final as (
    select
        ranked.peer_group,
        ranked.scope_code,
        ranked.window_code,
        ranked.period_month,
        ranked.indicator_code,
        ranked.definition_version,
        ranked.court_code,
        ranked.numerator,
        ranked.denominator,
        ranked.case_count,
        ranked.value,
        ranked.unit,
        ranked.direction,
        ranked.rank,
        ranked.ranked_count,
        rank_intervals.rank_low,
        rank_intervals.rank_high,
        rank_intervals.tie_band,
        rank_intervals.set_low,
        rank_intervals.set_high,
        rank_intervals.end_count,
        rank_intervals.place_code,
        court_intervals.value_low,
        court_intervals.value_high,
        court_intervals.is_concentrated,
        court_intervals.largest_share,
        court_intervals.value_without_largest,
        court_intervals.doubt_code,
        court_intervals.is_change_significant,
        previous_months.rank as previous_rank,
        previous_months.rank - ranked.rank as rank_change,
        ranked.score,
        ranked.status,
        case
            when ranked.direction = 'monitor' and ranked.judged_status = 'no_target' then 'monitored'
            else coalesce(court_intervals.judged_status, ranked.judged_status)
        end as interval_status,
        presentation_modes.mode_code as presentation_mode
    from ranked
    left join redefined_months
        on ranked.period_month = redefined_months.period_month
    left join ranked as previous_months
        on
            ranked.peer_group = previous_months.peer_group
            and ranked.court_code = previous_months.court_code
            and ranked.window_code = previous_months.window_code
            and ranked.indicator_code = previous_months.indicator_code
            and ranked.definition_version is not distinct from previous_months.definition_version
            and (ranked.definition_version is not null or redefined_months.period_month is null)
            and ranked.period_month
            = cast({{ dbt.dateadd('month', 1, 'previous_months.period_month') }} as date)
    left join rank_intervals
        on
            ranked.peer_group = rank_intervals.peer_group
            and ranked.court_code = rank_intervals.court_code
            and ranked.window_code = rank_intervals.window_code
            and ranked.period_month = rank_intervals.period_month
            and ranked.indicator_code = rank_intervals.indicator_code
    left join court_intervals
        on
            ranked.court_code = court_intervals.court_code
            and ranked.scope_code = court_intervals.scope_code
            and ranked.window_code = court_intervals.window_code
            and ranked.period_month = court_intervals.period_month
            and ranked.indicator_code = court_intervals.indicator_code
            and ranked.definition_version = court_intervals.definition_version
    left join presentation_modes
        on
            ranked.period_month >= presentation_modes.valid_from
            and ranked.period_month <= coalesce(presentation_modes.valid_to, ranked.period_month)
)

select * from final
