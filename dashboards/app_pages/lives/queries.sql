-- Each statement is asked by the function of its name in the module beside this file.

-- name: knows_ages
select count(*) as table_count from system.main.duckdb_columns()
where schema_name = 'rankings' and table_name = 'rpt_case_ages' and column_name = 'age_days';

-- name: lives
select
    a.court_code,
    case
        when a.outcome_code <> 'pending' then a.outcome_code
        when a.period_month = cast($last as date) then 'censored'
        else 'entered'
    end as part,
    a.age_days as age,
    sum(a.case_count) as case_count
from rankings.rpt_case_ages as a
inner join core.dim_courts as c on a.court_code = c.court_code
where
    c.province_code = $province
    and (
        (a.outcome_code <> 'pending' and a.period_month between cast($first as date) and cast($last as date))
        or (
            a.outcome_code = 'pending'
            and a.period_month in (cast($last as date), cast($first as date) - interval 1 month)
        )
    )
group by
    a.court_code, a.age_days,
    case
        when a.outcome_code <> 'pending' then a.outcome_code
        when a.period_month = cast($last as date) then 'censored'
        else 'entered'
    end;

-- name: resumed
select
    cohort_month,
    months_since,
    suspended_count,
    resumed_count
from rankings.rpt_resumption_cohorts
where court_code = $court and scope_code = $scope and period_month <= cast($month as date)
order by cohort_month, months_since;
