-- Each statement is asked by the function of its name in the module beside this file.

-- name: knows_ages
select count(*) as table_count from system.main.duckdb_columns()
where schema_name = 'rankings' and table_name = 'rpt_case_ages' and column_name = 'age_months';

-- name: ages
select
    a.court_code,
    a.period_month,
    a.outcome_code,
    least(a.age_months, $most) as age,
    sum(a.case_count) as case_count
from rankings.rpt_case_ages as a
inner join core.dim_courts as c on a.court_code = c.court_code
where c.province_code = $province and a.period_month <= cast($month as date)
group by a.court_code, a.period_month, a.outcome_code, least(a.age_months, $most);

-- name: flows
select
    m.court_code,
    m.period_month,
    case
        when m.measure_code = 'inactive_pending_cases' then 'inactive'
        when m.case_scope = 'first_enforcement' then 'first'
        else 'resumed'
    end as part,
    m.measure_value as amount
from performance.fct_court_measures as m
inner join core.dim_courts as c on m.court_code = c.court_code
where
    m.scope_code = 'own' and c.province_code = $province and m.period_month <= cast($month as date)
    and (
        (m.measure_code = 'new_cases' and m.case_scope in ('first_enforcement', 'resumed_enforcement'))
        or (m.measure_code = 'inactive_pending_cases' and m.case_scope = 'implementation')
    );
