select indicators.indicator_code
from {{ ref('dim_indicators') }} as indicators
left join {{ ref('indicator_uncertainty') }} as uncertainty
    on indicators.indicator_code = uncertainty.indicator_code
where
    indicators.denominator_kind = 'amount'
    and uncertainty.largest_amounts is null
