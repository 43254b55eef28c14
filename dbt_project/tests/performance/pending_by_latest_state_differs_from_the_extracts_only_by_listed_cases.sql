{{ config(group = 'records') }}
-- A case that is pending today for a month but was not in that month's extract, or the reverse, is on the list of
-- exceptions; and the listed differences account for the whole difference in number, court by court. What a court had
-- or delivers after it has left is its successor's from then on, on whose stock it stays until it is delivered closed.
with court_months as (
    select
        court_code,
        period_month,
        coalesce(counting_court_code, court_code) as counting_court_code
    from {{ ref('int_court_months') }}
),

case_months as (
    select
        case_months.case_id,
        court_months.counting_court_code as court_code,
        case_months.extract_month,
        max(case_months.is_pending) as is_pending
    from {{ ref('int_case_months_delivered') }} as case_months
    inner join court_months
        on
            case_months.court_code = court_months.court_code
            and case_months.extract_month = court_months.period_month
    group by case_months.case_id, court_months.counting_court_code, case_months.extract_month
),

delivered_months as (
    select
        court_code,
        extract_month as period_month,
        sum(is_pending) as delivered_pending
    from case_months
    group by court_code, extract_month
),

delivered as (
    select
        case_id,
        court_code,
        extract_month as period_month
    from case_months
    where is_pending = 1
),

latest as (
    select
        coalesce(moves.to_case_id, cases.case_id) as case_id,
        delivered_months.court_code,
        delivered_months.period_month,
        court_months.court_code <> court_months.counting_court_code as is_taken_over
    from delivered_months
    inner join court_months
        on
            delivered_months.court_code = court_months.counting_court_code
            and delivered_months.period_month = court_months.period_month
    inner join {{ ref('fct_enforcement_cases') }} as cases
        on
            court_months.court_code = cases.court_code
            and delivered_months.period_month >= cases.filed_month
            and (cases.closed_month is null or delivered_months.period_month < cases.closed_month)
    left join {{ ref('int_cases_moved') }} as moves
        on
            cases.case_id = moves.from_case_id
            and moves.is_same_case
),

differing as (
    select
        coalesce(latest.case_id, delivered.case_id) as case_id,
        coalesce(latest.court_code, delivered.court_code) as court_code,
        coalesce(latest.period_month, delivered.period_month) as period_month,
        case when delivered.case_id is null then 1 else -1 end as effect,
        coalesce(latest.is_taken_over, false) as is_taken_over
    from latest
    full outer join delivered
        on
            latest.case_id = delivered.case_id
            and latest.court_code = delivered.court_code
            and latest.period_month = delivered.period_month
    where
        latest.case_id is null
        or delivered.case_id is null
),

listed as (
    select distinct case_id
    from {{ ref('int_case_flow_exceptions_listed') }}
    union
    select to_case_id as case_id
    from {{ ref('int_cases_moved') }}
    union
    select from_case_id as case_id
    from {{ ref('int_cases_moved') }}
),

unlisted as (
    select
        differing.case_id,
        differing.court_code,
        differing.period_month,
        differing.effect
    from differing
    left join listed
        on differing.case_id = listed.case_id
    where
        listed.case_id is null
        and not differing.is_taken_over
),

explained as (
    select
        delivered_months.court_code,
        delivered_months.period_month,
        delivered_months.delivered_pending,
        coalesce(sum(differing.effect), 0) as explained_difference
    from delivered_months
    left join differing
        on
            delivered_months.court_code = differing.court_code
            and delivered_months.period_month = differing.period_month
    group by delivered_months.court_code, delivered_months.period_month, delivered_months.delivered_pending
),

unequal as (
    select
        'all' as case_id,
        explained.court_code,
        explained.period_month,
        explained.delivered_pending + explained.explained_difference - measures.measure_value as effect
    from explained
    inner join {{ ref('fct_court_measures') }} as measures
        on
            explained.court_code = measures.court_code
            and explained.period_month = measures.period_month
    where
        measures.scope_code = 'own'
        and measures.courts_in_service > 0
        and measures.case_scope = 'all_enforcement'
        and measures.measure_code = 'pending_cases'
        and explained.delivered_pending + explained.explained_difference <> measures.measure_value
)

select * from unlisted
union all
select * from unequal
