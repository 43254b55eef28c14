-- Each statement is asked by the function of its name in the module beside this file.

-- name: ranking
with standing as (
    select
        r.*,
        c.short_name_zh,
        c.short_name_en,
        c.sort_order
    from rankings.rpt_court_rankings as r
    inner join core.dim_courts as c on r.court_code = c.court_code
    where
        r.peer_group = $peer and c.province_code = $province and r.window_code = $window
        and r.period_month = cast($month as date) and r.indicator_code = $indicator
),

facts as (
    select
        court_code,
        scope_code,
        definition_version,
        value_change,
        months_in_window,
        months_expected,
        min_denominator
    from performance.fct_court_indicators
    where window_code = $window and period_month = cast($month as date) and indicator_code = $indicator
),

labels as (
    select
        court_code,
        scope_code,
        definition_version,
        value_label
    from performance.fct_published_values
    where window_code = $window and period_month = cast($month as date) and indicator_code = $indicator
),

streaks as (
    select
        court_code,
        streak_code,
        month_count as streak_months
    from rankings.rpt_ranking_streaks
    where
        peer_group = $peer and window_code = $window and period_month = cast($month as date)
        and indicator_code = $indicator
    qualify row_number() over (partition by court_code order by month_count desc) = 1
)

select
    s.rank,
    s.court_code,
    s.sort_order,
    s.short_name_zh,
    s.short_name_en,
    s.value,
    s.numerator,
    s.denominator,
    s.case_count,
    s.previous_rank,
    s.rank_change,
    s.rank_low,
    s.rank_high,
    s.set_low,
    s.set_high,
    s.place_code,
    s.end_count,
    s.ranked_count,
    s.score,
    s.status,
    s.interval_status,
    s.direction,
    s.unit,
    s.value_low,
    s.value_high,
    s.is_concentrated,
    s.value_without_largest,
    s.is_change_significant,
    s.definition_version,
    f.value_change,
    f.months_in_window,
    f.months_expected,
    f.min_denominator,
    l.value_label,
    k.streak_code,
    k.streak_months
from standing as s
left join facts as f
    on
        s.court_code = f.court_code and s.scope_code = f.scope_code
        and s.definition_version = f.definition_version
left join labels as l
    on
        s.court_code = l.court_code and s.scope_code = l.scope_code
        and l.definition_version = coalesce(s.definition_version, 'composite')
left join streaks as k on s.court_code = k.court_code
order by s.rank nulls last, s.sort_order, s.court_code;

-- name: definition
select
    definition_version,
    direction,
    unit,
    min_denominator,
    target_value,
    interval_low,
    interval_high,
    target_window,
    target_source
from core.dim_indicators
where
    indicator_code = $indicator and valid_from <= cast($month as date)
    and coalesce(superseded_from > cast($month as date), true)
order by valid_from desc
limit 1;

-- name: funnel
select
    f.court_code,
    f.case_count,
    f.value,
    f.expected_value,
    f.dispersion,
    f.alert_low,
    f.alert_high,
    f.alarm_low,
    f.alarm_high,
    f.funnel_signal,
    f.is_favourable,
    f.standard_error,
    f.is_concentrated,
    f.value_without_largest,
    f.is_largest_decisive
from rankings.rpt_funnel_limits as f
inner join core.dim_courts as c on f.court_code = c.court_code
where
    f.peer_group = $peer and c.province_code = $province and f.window_code = $window
    and f.period_month = cast($month as date) and f.indicator_code = $indicator
order by f.case_count, f.court_code;

-- name: saturated
select
    indicator_code,
    ranked_count,
    ceiling_count,
    ceiling_ratio,
    is_saturated,
    band_count,
    is_separating
from rankings.rpt_saturated_indicators
where
    peer_group = $peer and province_code = $province and window_code = $window
    and period_month = cast($month as date)
order by indicator_code;

-- name: points
select
    court_code,
    indicator_code,
    points,
    weight
from performance.fct_court_scores
where
    peer_group = $peer and province_code = $province and window_code = $window
    and period_month = cast($month as date) and weight > 0
order by indicator_code, court_code;

-- name: sensitivity
select
    w.court_code,
    w.composite_value,
    w.rank,
    w.ranked_count,
    w.weight_rank_low,
    w.weight_rank_high,
    w.most_sensitive_indicator_code
from rankings.rpt_weight_sensitivity as w
inner join core.dim_courts as c on w.court_code = c.court_code
where
    w.peer_group = $peer and c.province_code = $province and w.window_code = $window
    and w.period_month = cast($month as date)
order by w.rank, c.sort_order;
