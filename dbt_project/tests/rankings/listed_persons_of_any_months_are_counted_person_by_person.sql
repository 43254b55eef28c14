{{ config(group = 'rankings') }}
-- From every January and July to the last month: the sum over the months beside a count of distinct persons.
with starts as (
    select
        months.period_month as first_month,
        ends.period_month as last_month
    from {{ ref('dim_months') }} as months
    inner join {{ ref('dim_months') }} as ends
        on ends.is_last
    where extract(month from months.period_month) in (1, 7)
),

counted as (
    select
        scopes.court_code,
        scopes.scope_code,
        starts.first_month,
        count(distinct listings.person_key) as person_count
    from {{ ref('fct_defaulter_listings') }} as listings
    left join {{ ref('int_court_months') }} as court_months
        on
            listings.court_code = court_months.court_code
            and listings.published_month = court_months.period_month
    inner join {{ ref('dim_court_scopes') }} as scopes
        on
            case when court_months.court_code is null then listings.court_code else court_months.counting_court_code end
            = scopes.member_court_code
            and listings.published_month between scopes.member_from and scopes.member_to
    inner join starts
        on
            listings.published_month >= starts.first_month
            and listings.published_month <= starts.last_month
    group by scopes.court_code, scopes.scope_code, starts.first_month
),

summed as (
    select
        persons.court_code,
        persons.scope_code,
        starts.first_month,
        sum(persons.person_count) as person_count
    from {{ ref('rpt_listed_person_months') }} as persons
    inner join starts
        on
            persons.period_month >= starts.first_month
            and persons.period_month <= starts.last_month
            and coalesce(persons.previous_published_month < starts.first_month, true)
    group by persons.court_code, persons.scope_code, starts.first_month
)

select
    counted.*,
    summed.person_count as summed_count
from counted
left join summed
    on
        counted.court_code = summed.court_code
        and counted.scope_code = summed.scope_code
        and counted.first_month = summed.first_month
where counted.person_count <> coalesce(summed.person_count, 0)
