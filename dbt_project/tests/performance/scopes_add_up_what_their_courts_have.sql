-- Own cases of an intermediate court and of its basic courts make its jurisdiction; all own cases make the province.
with measures as (
    select * from {{ ref('fct_court_measures') }}
    where measure_code <> 'distinct_defaulters'
),

courts as (
    select * from {{ ref('dim_courts') }}
),

provinces as (
    select distinct
        measures.court_code,
        courts.province_code
    from measures
    inner join courts
        on measures.court_code = courts.court_code
    where measures.scope_code = 'province'
),

added as (
    select
        coalesce(parents.court_code, courts.court_code) as court_code,
        'jurisdiction' as scope_code,
        measures.period_month,
        measures.case_scope,
        measures.measure_code,
        sum(measures.measure_value) as measure_value
    from measures
    inner join courts
        on measures.court_code = courts.court_code
    left join {{ ref('dim_court_periods') }} as periods
        on
            measures.court_code = periods.court_code
            and measures.period_month between periods.first_month and periods.last_month
    left join courts as parents
        on
            periods.parent_court_code = parents.court_code
            and parents.level = 'intermediate'
            and courts.level = 'basic'
    where
        measures.scope_code = 'own'
        and coalesce(parents.level, courts.level) = 'intermediate'
    group by
        coalesce(parents.court_code, courts.court_code),
        measures.period_month, measures.case_scope, measures.measure_code
    union all
    select
        provinces.court_code,
        'province' as scope_code,
        measures.period_month,
        measures.case_scope,
        measures.measure_code,
        sum(measures.measure_value) as measure_value
    from measures
    inner join courts
        on measures.court_code = courts.court_code
    inner join provinces
        on courts.province_code = provinces.province_code
    where measures.scope_code = 'own'
    group by provinces.court_code, measures.period_month, measures.case_scope, measures.measure_code
)

select
    measures.court_code,
    measures.scope_code,
    measures.period_month,
    measures.case_scope,
    measures.measure_code,
    measures.measure_value,
    added.measure_value as added_value
from measures
left join added
    on
        measures.court_code = added.court_code
        and measures.scope_code = added.scope_code
        and measures.period_month = added.period_month
        and measures.case_scope = added.case_scope
        and measures.measure_code = added.measure_code
where
    measures.scope_code in ('jurisdiction', 'province')
    and (added.measure_value is null or added.measure_value <> measures.measure_value)
