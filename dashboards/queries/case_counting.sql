-- Each statement is asked by the function of its name in the module beside this file.

-- name: indicators
select
    f.window_code,
    f.indicator_code,
    f.value,
    i.unit,
    i.numerator_measure,
    i.numerator_scope,
    i.denominator_measure,
    i.denominator_scope
from performance.fct_court_indicators as f
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
where
    f.court_code = $court and f.scope_code = 'own' and list_contains($windows, f.window_code)
    and f.period_month = cast($month as date) and f.is_in_force and i.variant_of is null
order by f.window_code, i.sort_order, f.indicator_code;
