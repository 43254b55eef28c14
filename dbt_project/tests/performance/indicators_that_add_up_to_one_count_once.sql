-- One fact under two names counts once: the weights of two indicators whose values add up to one in every court, window
-- and month are no more together than the heaviest of the others.
with weighted as (
    select
        court_indicators.court_code,
        court_indicators.scope_code,
        court_indicators.window_code,
        court_indicators.period_month,
        court_indicators.indicator_code,
        court_indicators.value,
        weights.weight
    from {{ ref('fct_court_indicators') }} as court_indicators
    inner join {{ ref('indicator_weights') }} as weights
        on
            court_indicators.indicator_code = weights.indicator_code
            and court_indicators.period_month >= weights.valid_from
            and court_indicators.period_month <= coalesce(weights.valid_to, court_indicators.period_month)
    where
        court_indicators.is_in_force
        and court_indicators.value is not null
        and weights.weight > 0
        and court_indicators.window_code = 'rolling_12m'
),

paired as (
    select
        ones.period_month,
        ones.indicator_code,
        others.indicator_code as other_code,
        max(ones.weight + others.weight) as weight_together,
        count(*) as pair_count,
        max(abs(ones.value + others.value - 1)) as furthest
    from weighted as ones
    inner join weighted as others
        on
            ones.court_code = others.court_code
            and ones.scope_code = others.scope_code
            and ones.window_code = others.window_code
            and ones.period_month = others.period_month
            and ones.indicator_code < others.indicator_code
    group by ones.period_month, ones.indicator_code, others.indicator_code
),

heaviest as (
    select
        period_month,
        max(weight) as weight
    from weighted
    group by period_month
)

select paired.*
from paired
inner join heaviest
    on paired.period_month = heaviest.period_month
where
    paired.furthest < 0.000000001
    and paired.pair_count >= 3
    and paired.weight_together > heaviest.weight
