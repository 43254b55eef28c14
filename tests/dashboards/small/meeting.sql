-- The composite's ranks with intervals of one place either side; nobody is told apart.
create table if not exists performance.fct_rank_intervals as
select peer_group, 'QH' as province_code, window_code, period_month, indicator_code, court_code, rank, greatest(1, rank - 1) as rank_low,
       least(ranked_count, rank + 1) as rank_high, 1 as tie_band, 1 as band_count, 1 as set_low, ranked_count as set_high, least(5, ranked_count // 3) as end_count, 'anywhere' as place_code
from rankings.rpt_court_rankings where rank is not null and indicator_code = 'COMPOSITE';
