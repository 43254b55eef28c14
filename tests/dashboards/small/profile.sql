-- A court's profile: where it stands out from its group, and streaks; other pages' scripts may have written these tables already.
create table if not exists rankings.rpt_funnel_limits as
select r.peer_group, r.window_code, r.period_month, r.indicator_code, r.court_code, r.case_count, r.value, 0.5 as expected_value, 2.5 as z_score,
       case when r.indicator_code in ('QX24', 'SX18') then 'alarm' when r.indicator_code = 'QX05' then 'alert' else 'none' end as funnel_signal, case when r.indicator_code <> 'SX18' then r.indicator_code = 'QX24' end as is_favourable
from rankings.rpt_court_rankings as r where r.court_code = 'T13' and r.indicator_code in ('QX24', 'QX05', 'QX02', 'SX18');
create table if not exists rankings.rpt_ranking_streaks as select * from (values
  ('basic', 'rolling_12m', date '2019-12-01', 'COMPOSITE', 'T15', 'bottom', date '2019-08-01', 5, 9, 2, 2, 'maybe_last', 3),
  ('basic', 'rolling_12m', date '2019-12-01', 'QX04', 'T13', 'bottom', date '2019-07-01', 6, 8, 2, 2, 'maybe_last', 3)
) as s(peer_group,window_code,period_month,indicator_code,court_code,streak_code,first_month,month_count,rank,tie_band,band_count,place_code,end_count);
