-- Two saturated readings of every window and month, and what other weights would do to the composite ranks.
create table rankings.rpt_saturated_indicators as
select 'basic' as peer_group, 'QH' as province_code, window_code, period_month, v.indicator_code, 7 as ranked_count, v.n as ceiling_count, v.n / 7.0 as ceiling_ratio,
       v.n > 5 as is_saturated, 1 as band_count, false as is_separating
from core.dim_windows cross join core.dim_months cross join (values ('QX24', 6), ('QX02', 1)) as v(indicator_code, n);

create table rankings.rpt_weight_sensitivity as
select peer_group, window_code, period_month, court_code, value as composite_value, rank, ranked_count, greatest(1, rank - 1) as weight_rank_low, rank as weight_rank_high,
       case when rank > 1 then 'QX02' end as most_sensitive_indicator_code
from rankings.rpt_court_rankings where indicator_code = 'COMPOSITE' and rank is not null;
