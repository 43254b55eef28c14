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
        left_ones.indicator_code,
        right_ones.indicator_code as other_code,
        max(left_ones.weight + right_ones.weight) as weight_together,
        count(*) as pair_count,
        max(abs(left_ones.value + right_ones.value - 1)) as furthest
    from weighted as left_ones
    inner join weighted as right_ones
        on
            left_ones.court_code = right_ones.court_code
            and left_ones.scope_code = right_ones.scope_code
            and left_ones.window_code = right_ones.window_code
            and left_ones.period_month = right_ones.period_month
            and left_ones.indicator_code < right_ones.indicator_code
    group by left_ones.indicator_code, right_ones.indicator_code
),

heaviest as (
    select max(weight) as weight
    from weighted
)

select paired.*
from paired
cross join heaviest
where
    paired.furthest < 0.000000001
    and paired.pair_count >= 3
    and paired.weight_together > heaviest.weight
