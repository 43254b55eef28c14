-- Each statement is asked by the function of its name in the module beside this file.

-- name: readings
select
    strftime(f.period_month, '%Y-%m') as month,
    f.definition_version,
    f.value,
    i.value_low,
    i.value_high,
    d.unit,
    d.direction
from performance.fct_court_indicators as f
inner join core.dim_indicators as d
    on f.indicator_code = d.indicator_code and f.definition_version = d.definition_version
left join performance.fct_court_intervals as i
    on
        f.court_code = i.court_code and f.scope_code = i.scope_code and f.window_code = i.window_code
        and f.period_month = i.period_month and f.indicator_code = i.indicator_code
        and f.definition_version = i.definition_version
where
    f.court_code = $court and f.scope_code = $scope and f.indicator_code = $indicator and f.window_code = 'month'
    and f.is_in_force and f.period_month in (cast($first as date), cast($last as date))
order by f.period_month;
