-- Windows, indicators, rankings and trends: sums first, the division last, ranks within a peer group.
create temp table window_months as
select w.window_code, e.period_month, m.period_month as member_month, min(m.period_month) over (partition by w.window_code, e.period_month) as first_month,
       case w.window_code when 'month' then 1 when 'ytd' then month(e.period_month) when 'rolling_12m' then 12 when 'rolling_36m' then 36 else month(e.period_month) % 12 + 1 end as months_expected
from core.dim_windows as w cross join core.dim_months as e join core.dim_months as m on m.period_month <= e.period_month and m.period_month >= case w.window_code
  when 'month' then e.period_month when 'ytd' then date_trunc('year', e.period_month) when 'rolling_12m' then e.period_month - interval 11 month
  when 'rolling_36m' then e.period_month - interval 35 month else date_trunc('year', e.period_month + interval 1 month) - interval 1 month end;

create temp table windowed as
select f.court_code, f.scope_code, w.window_code, w.period_month, f.case_scope, f.measure_code, bool_and(f.is_delivered) as is_delivered,
       count(*) as months_in_window, any_value(w.months_expected) as months_expected,
       sum(case when f.measure_code = 'opening_cases' and w.member_month <> w.first_month then 0
                when f.measure_code = 'pending_cases' and w.member_month <> w.period_month then 0 else f.measure_value end)::double as v
from performance.fct_court_measures as f join window_months as w on w.member_month = f.period_month
where f.measure_code <> 'accepted_cases' group by 1, 2, 3, 4, 5, 6;
insert into windowed
select court_code, scope_code, window_code, period_month, case_scope, 'accepted_cases', bool_and(is_delivered), any_value(months_in_window), any_value(months_expected), sum(v)
from windowed where measure_code in ('opening_cases','new_cases') group by 1, 2, 3, 4, 5;

create table performance.fct_court_indicators as
with divided as (
  select n.court_code, n.scope_code, n.window_code, n.period_month, i.indicator_code, n.v as numerator, d.v as denominator,
         case when d.v > 0 then n.v / d.v end as value, i.definition_version, coalesce(k.v, d.v / 1000) as case_count, i.min_denominator,
         n.months_in_window, n.months_expected, i.direction, i.unit, i.target_value, n.is_delivered
  from core.dim_indicators as i
  join windowed as n on n.measure_code = i.numerator_measure and n.case_scope = i.case_scope
  join windowed as d on d.measure_code = i.denominator_measure and d.case_scope = i.case_scope and d.court_code = n.court_code and d.scope_code = n.scope_code and d.window_code = n.window_code and d.period_month = n.period_month
  left join windowed as k on k.measure_code = 'closed_cases' and k.case_scope = i.case_scope and k.court_code = n.court_code and k.scope_code = n.scope_code and k.window_code = n.window_code and k.period_month = n.period_month
  union all
  select n.court_code, n.scope_code, n.window_code, n.period_month, i.indicator_code, n.v, null, n.v, i.definition_version, n.v, 0,
         n.months_in_window, n.months_expected, i.direction, i.unit, i.target_value, n.is_delivered
  from core.dim_indicators as i join windowed as n on n.measure_code = i.numerator_measure and n.case_scope = i.case_scope
  where i.denominator_measure is null
), stated as (
  select *, case when not is_delivered then 'not_delivered' when denominator = 0 then 'not_applicable' when case_count < min_denominator then 'too_few'
    when target_value is null then 'no_target' when value >= target_value then 'met' else 'below' end as status
  from divided
)
select court_code, scope_code, window_code, period_month, indicator_code, numerator, denominator, value, status, definition_version, true as is_in_force, case_count, min_denominator,
       cast(months_in_window as integer) as months_in_window, cast(months_expected as integer) as months_expected,
       lag(value) over w as previous_value, value - lag(value) over w as value_change, lag(value, 12) over w as same_month_last_year_value
from stated window w as (partition by court_code, scope_code, window_code, indicator_code order by period_month);

create table rankings.rpt_court_rankings as
with field as (
  select g.peer_group, g.scope_code, f.window_code, f.period_month, f.indicator_code, f.court_code, f.value, f.numerator, f.denominator, f.case_count, f.status, i.direction, i.unit,
         f.status in ('met','above','below','no_target') and i.direction <> 'monitor' as is_ranked, case when i.direction = 'lower' then f.value else -f.value end as key
  from performance.fct_court_indicators as f join core.dim_courts as c using (court_code)
  join core.dim_peer_groups as g on g.own_group = c.peer_group and g.scope_code = f.scope_code join core.dim_indicators as i using (indicator_code)
), ranked as (
  select *, case when is_ranked then rank() over (partition by peer_group, window_code, period_month, indicator_code, is_ranked order by key) end as rank,
         count(*) filter (where is_ranked) over (partition by peer_group, window_code, period_month, indicator_code) as ranked_count
  from field
), points as (select *, case when is_ranked then 100.0 * (ranked_count - rank + 1) / ranked_count end as score from ranked),
composite as (
  select peer_group, scope_code, window_code, period_month, 'COMPOSITE' as indicator_code, court_code, round(avg(score), 9) as value, cast(null as double) as numerator, cast(null as double) as denominator,
         count(score) as case_count, case when count(score) * 2 < 7 then 'too_few' else 'no_target' end as status, 'higher' as direction, 'points' as unit
  from points group by 1, 2, 3, 4, 6
), composite_ranked as (
  select *, case when status = 'no_target' then rank() over (partition by peer_group, window_code, period_month, status order by value desc) end as rank,
         count(*) filter (where status = 'no_target') over (partition by peer_group, window_code, period_month) as ranked_count, value as score
  from composite
), everything as (
  select peer_group, scope_code, window_code, period_month, indicator_code, court_code, value, numerator, denominator, case_count, status, direction, unit, rank, ranked_count, score from points
  union all select peer_group, scope_code, window_code, period_month, indicator_code, court_code, value, numerator, denominator, case_count, status, direction, unit, rank, ranked_count, score from composite_ranked
)
select peer_group, scope_code, window_code, period_month, indicator_code, court_code, value, numerator, denominator, cast(case_count as double) as case_count, cast(rank as integer) as rank,
       cast(ranked_count as integer) as ranked_count, cast(null as integer) as rank_low, cast(null as integer) as rank_high, cast(null as integer) as tie_band, cast(null as integer) as set_low, cast(null as integer) as set_high, cast(null as integer) as end_count, cast(null as varchar) as place_code,
       cast(lag(rank) over w as integer) as previous_rank, cast(lag(rank) over w - rank as integer) as rank_change, cast(score as double) as score, status, case when direction = 'monitor' and status = 'no_target' then 'monitored' else status end as interval_status, direction, unit, case when indicator_code <> 'COMPOSITE' then '1' end as definition_version
from everything window w as (partition by peer_group, window_code, indicator_code, court_code order by period_month);

create table performance.fct_court_scores as
select peer_group, scope_code, window_code, period_month, court_code, indicator_code, rank, ranked_count, score as points, 1.0::double as weight
from rankings.rpt_court_rankings where indicator_code <> 'COMPOSITE' and rank is not null;

create table rankings.rpt_indicator_trends as
with peers as (
  select peer_group, window_code, period_month, indicator_code, median(value) as peer_median, quantile_cont(value, 0.25) as peer_q25, quantile_cont(value, 0.75) as peer_q75
  from rankings.rpt_court_rankings where indicator_code <> 'COMPOSITE' and status not in ('not_delivered','too_few','not_applicable') group by 1, 2, 3, 4
), provinces as (select window_code, period_month, indicator_code, value as province_value from performance.fct_court_indicators where scope_code = 'province')
select f.court_code, f.scope_code, g.peer_group, f.window_code, f.period_month, f.indicator_code, f.numerator, f.denominator, f.case_count, f.value, f.status, f.definition_version,
       f.previous_value, f.value_change, f.same_month_last_year_value, p.peer_median, p.peer_q25, p.peer_q75, v.province_value
from performance.fct_court_indicators as f join core.dim_courts as c using (court_code)
left join core.dim_peer_groups as g on g.own_group = c.peer_group and g.scope_code = f.scope_code
left join peers as p on p.peer_group = g.peer_group and p.window_code = f.window_code and p.period_month = f.period_month and p.indicator_code = f.indicator_code
left join provinces as v on v.window_code = f.window_code and v.period_month = f.period_month and v.indicator_code = f.indicator_code;
