-- The largest amounts of a ratio are parts of its denominator: of ten records or fewer they are all of it.
select
    intervals.court_code,
    intervals.scope_code,
    intervals.window_code,
    intervals.period_month,
    intervals.indicator_code,
    intervals.top_ten_share,
    intervals.largest_share
from {{ ref('fct_court_intervals') }} as intervals
inner join {{ ref('fct_court_indicators') }} as court_indicators
    on
        intervals.court_code = court_indicators.court_code
        and intervals.scope_code = court_indicators.scope_code
        and intervals.window_code = court_indicators.window_code
        and intervals.period_month = court_indicators.period_month
        and intervals.indicator_code = court_indicators.indicator_code
        and intervals.definition_version = court_indicators.definition_version
inner join {{ ref('dim_indicators') }} as indicators
    on
        intervals.indicator_code = indicators.indicator_code
        and intervals.definition_version = indicators.definition_version
inner join {{ ref('indicator_uncertainty') }} as uncertainty
    on
        intervals.indicator_code = uncertainty.indicator_code
        and coalesce(intervals.definition_version = uncertainty.definition_version, true)
where
    indicators.denominator_kind = 'amount'
    -- The rests of receipts paid out in part are held, and are no receipts held: n does not count them.
    and uncertainty.largest_amounts <> 'held_funds'
    and court_indicators.denominator > 0
    and court_indicators.case_count between 1 and 10
    and (
        abs(coalesce(intervals.top_ten_share, 0) - 1) > 0.000000001
        or (court_indicators.case_count = 1 and abs(intervals.largest_share - 1) > 0.000000001)
    )
