{{ config(group = 'rankings') }}
-- Months of the window whose file lacks a column of the check, or before the court's service, are in neither.
with listed as (
    select
        check_code,
        court_code,
        period_month,
        count(*) as case_count
    from {{ ref('rpt_gaming_cases') }}
    group by check_code, court_code, period_month
)

select
    scored.check_code,
    scored.court_code,
    scored.period_month,
    scored.hit_count,
    listed.case_count
from {{ ref('int_gaming_scored') }} as scored
left join listed
    on
        scored.check_code = listed.check_code
        and scored.court_code = listed.court_code
        and scored.period_month = listed.period_month
where
    scored.flag <> 'none'
    -- Empty dockets and the closings of a December are shares of all cases: they name none.
    and scored.check_code not in ('GC17', 'GC18')
    and scored.hit_count <> coalesce(listed.case_count, 0)
