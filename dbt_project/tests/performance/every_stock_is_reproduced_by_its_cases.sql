{{ config(group = 'measurement') }}
-- Opening: filed before the month and not closed before it. Pending: filed by its end and not closed by then.
-- Accepted: either opening or new. Case by case, for each January, each July, and the first and last month
-- of the court's service. What goes to another court is not accepted by the court that it left.
-- The cases of a court that handed them on are its successor's from then on.
with months as (
    select
        court_code,
        period_month,
        min(period_month) over (partition by court_code) as first_month,
        max(period_month) over (partition by court_code) as last_month
    from {{ ref('int_court_months') }}
    where is_in_service
),

sampled as (
    select
        court_code,
        period_month
    from months
    where
        extract(month from period_month) in (1, 7)
        or period_month = first_month
        or period_month = last_month
),

origins as (
    select
        sampled.court_code,
        sampled.period_month,
        court_months.court_code as origin_court_code
    from sampled
    inner join {{ ref('int_court_months') }} as court_months
        on
            sampled.court_code = court_months.counting_court_code
            and sampled.period_month = court_months.period_month
),

counted as (
    select
        origins.court_code,
        origins.period_month,
        members.case_scope,
        sum(case when cases.filed_month < origins.period_month then cases.case_one else 0 end) as opening_cases,
        sum(case when cases.moved_out_month = origins.period_month then 0 else cases.case_one end) as accepted_cases,
        sum(
            case
                when cases.closed_month is null or cases.closed_month > origins.period_month then cases.case_one
                else 0
            end
        ) as pending_cases
    from origins
    inner join {{ ref('fct_enforcement_cases') }} as cases
        on
            origins.origin_court_code = cases.court_code
            and origins.period_month >= cases.filed_month
            and (cases.closed_month is null or origins.period_month <= cases.closed_month)
    inner join {{ ref('dim_case_scope_members') }} as members
        on cases.case_type = members.case_type
    group by origins.court_code, origins.period_month, members.case_scope
),

measured as (
    select
        court_measures.court_code,
        court_measures.period_month,
        court_measures.case_scope,
        court_measures.measure_code,
        court_measures.measure_value
    from {{ ref('fct_court_measures') }} as court_measures
    inner join sampled
        on
            court_measures.court_code = sampled.court_code
            and court_measures.period_month = sampled.period_month
    where
        court_measures.scope_code = 'own'
        and court_measures.measure_code in ('opening_cases', 'accepted_cases', 'pending_cases')
)

select
    measured.*,
    counted.opening_cases,
    counted.accepted_cases,
    counted.pending_cases
from measured
left join counted
    on
        measured.court_code = counted.court_code
        and measured.period_month = counted.period_month
        and measured.case_scope = counted.case_scope
where
    measured.measure_value <> case measured.measure_code
        when 'opening_cases' then coalesce(counted.opening_cases, 0)
        when 'accepted_cases' then coalesce(counted.accepted_cases, 0)
        else coalesce(counted.pending_cases, 0)
    end
