-- Each statement is asked by the function of its name in the module beside this file.

-- name: indicators
select
    f.indicator_code,
    i.name_zh,
    i.name_en,
    i.short_name_zh,
    i.short_name_en,
    i.direction,
    i.unit,
    i.target_value,
    i.interval_low,
    i.interval_high,
    f.numerator,
    f.denominator,
    f.value,
    coalesce(v.judged_status, f.status) as status,
    v.doubt_code,
    v.is_concentrated,
    v.value_without_largest,
    f.case_count,
    f.value_change,
    -- A window that was not full yet is no year to compare with.
    case when y.months_in_window = y.months_expected then f.same_month_last_year_value end
        as same_month_last_year_value,
    v.is_change_significant,
    m.unit as denominator_unit
from performance.fct_court_indicators as f
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
left join performance.fct_court_intervals as v
    on
        f.court_code = v.court_code and f.scope_code = v.scope_code and f.window_code = v.window_code
        and f.period_month = v.period_month and f.indicator_code = v.indicator_code
        and f.definition_version = v.definition_version
left join performance.fct_court_indicators as y
    on
        f.court_code = y.court_code and f.scope_code = y.scope_code and f.window_code = y.window_code
        and f.period_month = y.period_month + interval 1 year and f.indicator_code = y.indicator_code
        and f.definition_version = y.definition_version
left join core.dim_measures as m on i.denominator_measure = m.measure_code
where
    f.court_code = $court and f.scope_code = $scope and f.window_code = $window
    and f.period_month = cast($month as date) and f.is_in_force
    and list_contains($codes, f.indicator_code)
order by list_position($codes, f.indicator_code);

-- name: history
select
    indicator_code,
    period_month,
    value
from performance.fct_court_indicators
where
    court_code = $court and scope_code = $scope and window_code = $window and is_in_force
    and list_contains($codes, indicator_code)
    and period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
order by indicator_code, period_month;

-- name: by_court
select
    court_code,
    indicator_code,
    numerator,
    denominator,
    value
from performance.fct_court_indicators
where
    scope_code = 'own' and window_code = $window and period_month = cast($month as date) and is_in_force
    and list_contains($codes, indicator_code) and list_contains($courts, court_code);
