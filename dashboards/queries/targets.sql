-- Each statement is asked by the function of its name in the module beside this file.

-- name: judged
select
    f.indicator_code,
    i.variant_of,
    i.name_zh,
    i.name_en,
    i.short_name_zh,
    i.short_name_en,
    i.formula_zh,
    i.formula_en,
    i.direction,
    i.unit,
    i.target_value,
    i.interval_low,
    i.interval_high,
    i.reference_value,
    i.target_source,
    i.is_working_definition,
    f.window_code,
    f.numerator,
    f.denominator,
    f.case_count,
    f.value,
    f.status,
    n.value_low,
    n.value_high,
    n.value_without_largest,
    n.judged_status,
    n.doubt_code
from performance.fct_court_indicators as f
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
left join performance.fct_court_intervals as n
    on
        f.court_code = n.court_code and f.scope_code = n.scope_code and f.window_code = n.window_code
        and f.period_month = n.period_month and f.indicator_code = n.indicator_code
        and f.definition_version = n.definition_version
where
    f.court_code = $court and f.scope_code = $scope and f.is_in_force
    and f.period_month = cast($month as date) and f.window_code = coalesce(i.target_window, $window)
    and (
        i.variant_of is not null
        or coalesce(i.target_value, i.interval_low, i.interval_high, i.reference_value) is not null
    )
order by i.sort_order, f.indicator_code;
