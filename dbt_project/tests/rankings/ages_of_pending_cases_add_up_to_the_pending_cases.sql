{{ config(group = 'rankings') }}
-- Of courts whose records neither come from another court nor pass on to one.
with aged as (
    select
        court_code,
        period_month,
        sum(case_count) as pending_count
    from {{ ref('rpt_case_ages') }}
    where outcome_code = 'pending'
    group by court_code, period_month
),

linked as (
    select court_code
    from {{ ref('dim_courts') }}
    where successor_code is not null or predecessor_code is not null
    union all
    select successor_code as court_code
    from {{ ref('dim_courts') }}
    where successor_code is not null
    union all
    select predecessor_code as court_code
    from {{ ref('dim_courts') }}
    where predecessor_code is not null
)

select
    measures.court_code,
    measures.period_month,
    measures.measure_value,
    aged.pending_count
from {{ ref('fct_court_measures') }} as measures
left join aged
    on
        measures.court_code = aged.court_code
        and measures.period_month = aged.period_month
where
    measures.scope_code = 'own' and measures.case_scope = 'implementation'
    and measures.measure_code = 'pending_cases'
    and measures.court_code not in (select linked.court_code from linked)
    and measures.measure_value <> coalesce(aged.pending_count, 0)
