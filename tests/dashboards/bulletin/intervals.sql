-- Run on a copy of the small snapshot: intervals, bands, control limits, streaks and labels that bear each other out. Ranks are told apart by threes; shares have Wilson's interval, the rest two in a hundred.
-- The small world has no count of receipts: the n of funds is its court's closed cases, on the card and in every table.
update core.dim_indicators set count_scope = 'first_enforcement' where indicator_code = 'QX24';
update performance.fct_court_indicators as f set case_count = q.case_count from performance.fct_court_indicators as q
where f.indicator_code = 'QX24' and q.indicator_code = 'QX01' and (f.court_code, f.scope_code, f.window_code, f.period_month) = (q.court_code, q.scope_code, q.window_code, q.period_month);
update rankings.rpt_court_rankings as f set case_count = q.case_count from rankings.rpt_court_rankings as q
where f.indicator_code = 'QX24' and q.indicator_code = 'QX01' and (f.peer_group, f.court_code, f.window_code, f.period_month) = (q.peer_group, q.court_code, q.window_code, q.period_month);
create or replace table performance.fct_court_intervals as
with ends as (
  select f.court_code, f.scope_code, f.window_code, f.period_month, f.indicator_code, f.definition_version, f.value, f.status, i.target_value, i.direction,
         i.unit = 'ratio' and i.indicator_code not in ('QX06', 'QX24') as is_share, f.denominator as n, 1.959964 as z
  from performance.fct_court_indicators as f join core.dim_indicators as i using (indicator_code)
), bounded as (
  select *, case when is_share then least(value, greatest(0, (value + z * z / (2 * n) - z * sqrt(value * (1 - value) / n + z * z / (4 * n * n))) / (1 + z * z / n))) else value * 0.98 end as value_low,
         case when is_share then greatest(value, least(1, (value + z * z / (2 * n) + z * sqrt(value * (1 - value) / n + z * z / (4 * n * n))) / (1 + z * z / n))) else value * 1.02 end as value_high,
         status in ('met', 'above', 'below', 'no_target') as is_judged
  from ends
), paired as (
  select *, lag(value) over w as b, lag(value_low) over w as b_low, lag(value_high) over w as b_high, lag(is_judged) over w as b_judged
  from bounded window w as (partition by court_code, scope_code, window_code, indicator_code order by period_month)
), changed as (
  select *, case when is_judged and b_judged then value - b - sqrt(power(value - value_low, 2) + power(b_high - b, 2)) end as change_low,
         case when is_judged and b_judged then value - b + sqrt(power(value_high - value, 2) + power(b - b_low, 2)) end as change_high
  from paired
)
select court_code, scope_code, window_code, period_month, indicator_code, definition_version, case when is_share then 'proportion' else 'mean' end as interval_method,
       value, value_low, value_high, cast(null as double) as top_ten_share, false as is_concentrated, 0.0::double as shared_correlation, change_low, change_high,
       cast(null as double) as largest_share, cast(null as double) as value_without_largest, case when status = 'below' and value_high >= target_value then 'too_few' when status = 'above' and value_low <= target_value then 'too_few' else status end as judged_status, cast(null as varchar) as doubt_code,
       change_low > 0 or change_high < 0 as is_change_significant
from changed where value is not null;

update rankings.rpt_court_rankings as r set value_low = i.value_low, value_high = i.value_high from performance.fct_court_intervals as i
where (i.court_code, i.scope_code, i.window_code, i.period_month, i.indicator_code) = (r.court_code, r.scope_code, r.window_code, r.period_month, r.indicator_code);
update rankings.rpt_court_rankings set rank_low = 3 * ((rank - 1) // 3) + 1, rank_high = least(3 * ((rank - 1) // 3) + 3, ranked_count) where rank is not null;
create temp table banded as
select *, dense_rank() over (partition by peer_group, window_code, period_month, indicator_code order by rank_low) as band from rankings.rpt_court_rankings where rank is not null;
update rankings.rpt_court_rankings as r set tie_band = b.band from banded as b
where (b.peer_group, b.window_code, b.period_month, b.indicator_code, b.court_code) = (r.peer_group, r.window_code, r.period_month, r.indicator_code, r.court_code);
update rankings.rpt_court_rankings set set_low = rank_low, set_high = rank_high, end_count = least(5, ranked_count // 3) where rank is not null and ranked_count > 2;
update rankings.rpt_court_rankings set place_code = case when set_high <= end_count then 'surely_first' when set_low > ranked_count - end_count then 'surely_last' when set_low <= end_count and set_high > ranked_count - end_count then 'anywhere'
  when set_low <= end_count then 'maybe_first' when set_high > ranked_count - end_count then 'maybe_last' else 'between' end where set_low is not null;

create or replace table performance.fct_rank_intervals as
select peer_group, 'QH' as province_code, window_code, period_month, indicator_code, court_code, rank, rank_low, rank_high, tie_band, set_low, set_high, end_count, place_code,
       max(tie_band) over (partition by peer_group, window_code, period_month, indicator_code) as band_count
from rankings.rpt_court_rankings where rank is not null;

create or replace table rankings.rpt_ranking_streaks as
with ends as (
  select *, case when place_code in ('surely_first', 'maybe_first') then 'top' when place_code in ('surely_last', 'maybe_last') then 'bottom' end as streak_code, year(period_month) * 12 + month(period_month) as number
  from performance.fct_rank_intervals
), grouped as (
  select *, number - row_number() over (partition by peer_group, window_code, indicator_code, court_code, streak_code order by number) as island from ends where streak_code is not null
), counted as (
  select *, min(period_month) over w as first_month, cast(row_number() over w as integer) as month_count
  from grouped window w as (partition by peer_group, window_code, indicator_code, court_code, streak_code, island order by number)
)
select peer_group, window_code, period_month, indicator_code, court_code, streak_code, first_month, month_count, rank, tie_band, band_count, place_code, end_count from counted where month_count >= 3;

create or replace table rankings.rpt_funnel_limits as
with pooled as (
  select r.*, sum(numerator) over p / sum(denominator) over p as expected_value
  from rankings.rpt_court_rankings as r
  where rank is not null and unit = 'ratio' and indicator_code not in ('QX06', 'QX24') window p as (partition by peer_group, window_code, period_month, indicator_code)
), spread as (select *, sqrt(expected_value * (1 - expected_value) / denominator) as standard_error from pooled where expected_value between 0.001 and 0.999)
select peer_group, window_code, period_month, indicator_code, court_code, cast(case_count as bigint) as case_count, value, expected_value, standard_error, 1.0::double as dispersion,
       (value - expected_value) / standard_error as z_score, greatest(0, expected_value - 1.959964 * standard_error) as alert_low, least(1, expected_value + 1.959964 * standard_error) as alert_high,
       greatest(0, expected_value - 3.090232 * standard_error) as alarm_low, least(1, expected_value + 3.090232 * standard_error) as alarm_high,
       case when abs(value - expected_value) > 3.090232 * standard_error then 'alarm' when abs(value - expected_value) > 1.959964 * standard_error then 'alert' else 'none' end as funnel_signal,
       case direction when 'higher' then value > expected_value when 'lower' then value < expected_value end as is_favourable,
       false as is_concentrated, cast(null as double) as value_without_largest, false as is_largest_decisive
from spread;

create or replace table performance.fct_published_values as
select 'QH' as province_code, court_code, scope_code, window_code, period_month, indicator_code, definition_version, true as is_in_force, numerator, denominator, value, status,
       case when period_month < date '2019-12-01' then 'official' else 'may_be_amended' end as value_label
from performance.fct_court_indicators;

-- The checks get scores and thresholds that bear out their flags; one figure of May 2018 was changed after closing.
update core.dim_gaming_checks set min_trials = 1, min_hits = 1, min_lift = 0, watch_score = 3.5, alert_score = 5;
update rankings.rpt_gaming_checks set peer_score = case flag when 'alert' then 6 when 'watch' then 4 else 1 end, own_score = 3, peer_share = 0.1, own_base_n = 0;
update rankings.rpt_gaming_checks as g set peer_median = m.peer_median from (
  select check_code, period_month, peer_group, median(hit_count / n) as peer_median from rankings.rpt_gaming_checks join core.dim_courts using (court_code) group by all
) as m join core.dim_courts as c using (peer_group) where (m.check_code, m.period_month, c.court_code) = (g.check_code, g.period_month, g.court_code);

create or replace table rankings.rpt_restatements as
select court_code, scope_code, window_code, period_month, indicator_code, definition_version, 1.00 as old_numerator, 4.00 as old_denominator, 0.25 as old_value, value as new_value, true as is_value_restated,
       'late_delivery' as cause_code, '迟报到达' as cause_zh, 'A late delivery came in' as cause_en
from performance.fct_court_indicators where court_code = 'T14' and scope_code = 'own' and window_code = 'rolling_12m' and indicator_code = 'QX04' and period_month = date '2018-05-01';
update performance.fct_published_values set value_label = 'restated' where court_code = 'T14' and scope_code = 'own' and window_code = 'rolling_12m' and indicator_code = 'QX04' and period_month = date '2018-05-01';
