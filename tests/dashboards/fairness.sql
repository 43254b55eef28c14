-- Rank intervals and sets two places wide, two bands (nobody of QX05 can be told apart), one court at either end, and the rest by rule.
update rankings.rpt_court_rankings set
  rank_low = greatest(1, rank - 2), rank_high = least(ranked_count, rank + 2), tie_band = case when indicator_code = 'QX05' or rank <= 3 then 1 else 2 end,
  set_low = case when indicator_code = 'QX05' then 1 else greatest(1, rank - 2) end, set_high = case when indicator_code = 'QX05' then ranked_count else least(ranked_count, rank + 2) end, end_count = least(5, ranked_count // 3),
  place_code = case when indicator_code = 'QX05' then 'anywhere' when rank = 1 then 'maybe_first' when rank = ranked_count then 'maybe_last' else 'between' end
where rank is not null;
update rankings.rpt_court_rankings set
  interval_status = case when direction = 'monitor' and status = 'no_target' then 'monitored' else status end, presentation_mode = 'rank',
  value_low = case when indicator_code <> 'COMPOSITE' then value * 0.95 end, value_high = case when indicator_code <> 'COMPOSITE' then value * 1.05 end,
  is_concentrated = false, is_change_significant = case when indicator_code <> 'COMPOSITE' then court_code = 'T13' end;

delete from performance.fct_court_intervals;
insert into performance.fct_court_intervals by name
select court_code, scope_code, window_code, period_month, indicator_code, definition_version, 'proportion' as interval_method, value, value * 0.95 as value_low, value * 1.05 as value_high,
       false as is_concentrated, court_code = 'T13' as is_change_significant
from performance.fct_court_indicators where value is not null;

delete from performance.fct_published_values;
insert into performance.fct_published_values by name
select distinct 'QH' as province_code, court_code, scope_code, window_code, period_month, indicator_code, coalesce(definition_version, 'composite') as definition_version, true as is_in_force,
       numerator, denominator, value, status, rank, ranked_count,
       case when court_code = 'T13' and indicator_code = 'QX02' and period_month = date '2019-06-01' then 'restated' when period_month < date '2019-12-01' then 'official' else 'may_be_amended' end as value_label
from rankings.rpt_court_rankings;

delete from rankings.rpt_ranking_streaks;
insert into rankings.rpt_ranking_streaks by name
select peer_group, window_code, period_month, indicator_code, court_code, 'top' as streak_code, date '2019-08-01' as first_month, 5 as month_count, rank, tie_band, 2 as band_count, 'maybe_first' as place_code, 3 as end_count
from rankings.rpt_court_rankings where rank = 1 and period_month = date '2019-12-01' and indicator_code in ('QX02', 'COMPOSITE');

delete from rankings.rpt_saturated_indicators;
insert into rankings.rpt_saturated_indicators by name
select 'basic' as peer_group, 'QH' as province_code, window_code, period_month, v.indicator_code, 7 as ranked_count, v.n as ceiling_count, v.n / 7.0 as ceiling_ratio, v.n > 5 as is_saturated,
       1 as band_count, false as is_separating
from core.dim_windows cross join core.dim_months cross join (values ('QX24', 6), ('QX02', 1)) as v(indicator_code, n);

delete from rankings.rpt_funnel_limits;
insert into rankings.rpt_funnel_limits by name
with pooled as (
  select *, sum(numerator) over g / sum(denominator) over g as expected_value from rankings.rpt_court_rankings
  where rank is not null and indicator_code in ('QX01', 'QX02', 'QX04', 'QX05') window g as (partition by peer_group, window_code, period_month, indicator_code)
), spread as (select *, sqrt(expected_value * (1 - expected_value) / denominator) as standard_error from pooled)
select peer_group, window_code, period_month, indicator_code, court_code, cast(denominator as bigint) as case_count, value, expected_value, standard_error, 1.0 as dispersion,
       (value - expected_value) / standard_error as z_score, expected_value - 1.959964 * standard_error as alert_low, expected_value + 1.959964 * standard_error as alert_high,
       expected_value - 3.090232 * standard_error as alarm_low, expected_value + 3.090232 * standard_error as alarm_high,
       case when abs(value - expected_value) > 3.090232 * standard_error then 'alarm' when abs(value - expected_value) > 1.959964 * standard_error then 'alert' else 'none' end as funnel_signal
from spread;

-- Every weighted indicator of every court, ranked or not, as the published table has them.
delete from performance.fct_court_scores;
insert into performance.fct_court_scores by name
select r.peer_group, 'QH' as province_code, r.scope_code, r.window_code, r.period_month, r.court_code, r.indicator_code, r.definition_version, r.rank, r.ranked_count, r.score as points,
       w.weight, r.status
from rankings.rpt_court_rankings as r join core.dim_indicator_weights as w using (indicator_code);

delete from rankings.rpt_weight_sensitivity;
insert into rankings.rpt_weight_sensitivity by name
select peer_group, window_code, period_month, court_code, value as composite_value, rank, ranked_count, greatest(1, rank - 1) as weight_rank_low, rank as weight_rank_high,
       case when rank > 1 then 'QX02' end as most_sensitive_indicator_code
from rankings.rpt_court_rankings where indicator_code = 'COMPOSITE' and rank is not null;

delete from rankings.rpt_restatements;
insert into rankings.rpt_restatements by name
select court_code, scope_code, window_code, period_month, indicator_code, definition_version, value - 0.05 as old_value, value as new_value, true as is_value_restated,
       'redelivery' as cause_code, '重报' as cause_zh, 'redelivered' as cause_en
from performance.fct_court_indicators
where court_code = 'T13' and indicator_code = 'QX02' and scope_code = 'own' and period_month = date '2019-06-01';
