{%- set absent = "('not_delivered', 'not_in_service')" -%}

with court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
),

scores as (
    select * from {{ ref('fct_court_scores') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

closings as (
    select * from {{ ref('fct_month_closings') }}
),

official as (
    select * from {{ ref('int_values_published') }}
),

composites as (
    select distinct
        court_code,
        scope_code,
        window_code,
        period_month,
        province_code,
        peer_group,
        composite_numerator,
        composite_denominator,
        composite_value,
        composite_status,
        case when composite_status = 'no_target' then composite_value end as ranking_value
    from scores
),

shown as (
    select
        court_indicators.court_code,
        court_indicators.scope_code,
        court_indicators.window_code,
        court_indicators.period_month,
        court_indicators.indicator_code,
        court_indicators.definition_version,
        court_indicators.is_in_force,
        court_indicators.numerator,
        court_indicators.denominator,
        court_indicators.value,
        court_indicators.status,
        scores.rank,
        scores.ranked_count
    from court_indicators
    left join scores
        on
            court_indicators.court_code = scores.court_code
            and court_indicators.scope_code = scores.scope_code
            and court_indicators.window_code = scores.window_code
            and court_indicators.period_month = scores.period_month
            and court_indicators.indicator_code = scores.indicator_code
            and court_indicators.definition_version = scores.definition_version
    -- What is put together as courts are today is made anew with every change of theirs, and official at no time.
    where court_indicators.scope_code not in ('own_now', 'jurisdiction_now')
    union all
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        'COMPOSITE' as indicator_code,
        'composite' as definition_version,
        true as is_in_force,
        cast(composite_numerator as decimal(24, 2)) as numerator,
        cast(composite_denominator as decimal(24, 2)) as denominator,
        composite_value as value,
        composite_status as status,
        case
            when ranking_value is not null
                then cast(rank() over (
                    partition by province_code, peer_group, window_code, period_month
                    order by ranking_value desc nulls last
                ) as integer)
        end as rank,
        cast(count(ranking_value) over (
            partition by province_code, peer_group, window_code, period_month
        ) as integer) as ranked_count
    from composites
),

final as (
    select
        courts.province_code,
        shown.court_code,
        shown.scope_code,
        shown.window_code,
        shown.period_month,
        shown.indicator_code,
        shown.definition_version,
        shown.is_in_force,
        shown.numerator,
        shown.denominator,
        shown.value,
        shown.status,
        shown.rank,
        shown.ranked_count,
        case
            when not coalesce(closings.is_closed, false) then 'may_be_amended'
            when
                official.court_code is null
                or (
                    (
                        shown.status = official.status
                        -- No court's figure either way: why there is none is said otherwise than it was once.
                        or (shown.status in {{ absent }} and official.status in {{ absent }})
                    )
                    and coalesce(shown.numerator = official.numerator, shown.numerator is null)
                    and coalesce(shown.denominator = official.denominator, shown.denominator is null)
                    and coalesce(
                        abs(shown.value - official.value) < 0.000000001,
                        (shown.value is null) = (official.value is null)
                    )
                )
                then 'official'
            else 'restated'
        end as value_label
    from shown
    inner join courts
        on shown.court_code = courts.court_code
    left join closings
        on
            courts.province_code = closings.province_code
            and shown.period_month = closings.period_month
    left join official
        on
            shown.court_code = official.court_code
            and shown.scope_code = official.scope_code
            and shown.window_code = official.window_code
            and shown.period_month = official.period_month
            and shown.indicator_code = official.indicator_code
            and shown.definition_version = official.definition_version
)

select * from final
