with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
    where
        case_type in ('执', '执恢')
        and closed_date is null
        and moved_out_month is null
),

months as (
    select * from {{ ref('dim_months') }}
),

nodes as (
    select * from {{ ref('fct_nodes') }}
),

lots as (
    select * from {{ ref('fct_auction_lots') }}
),

as_of as (
    select
        max(period_month) as period_month,
        cast({{ dbt.dateadd('day', -1, 'max(next_month)') }} as date) as last_day
    from months
),

debtors as (
    select
        cases.person_hash,
        count(*) as open_case_count,
        count(distinct cases.court_code) as court_count,
        min(cases.filed_date) as first_filed_date,
        min(cases.case_id) as first_case_id,
        as_of.last_day
    from cases
    cross join as_of
    where cases.person_hash is not null
    group by cases.person_hash, as_of.last_day
),

debtors_limited as (
    {{ beside_thresholds('debtors', 'last_day', least_cases='CROSS_DEBTOR in row') }}
),

-- The number of a group says nothing of the person: it follows the identifiers of the cases.
many_cases as (
    select
        *,
        cast(row_number() over (order by first_case_id) as integer) as group_number
    from debtors_limited
    where
        open_case_count >= least_cases
        and court_count > 1
),

seizures as (
    select
        case_id,
        cast(min(started_at) as date) as seized_date
    from nodes
    where is_seizure = 1
    group by case_id
),

sales as (
    select distinct case_id
    from lots
    where is_sold = 1
),

with_property as (
    select
        cases.case_id,
        coalesce(seizures.seized_date, cases.filed_date) as since_date
    from cases
    left join seizures
        on cases.case_id = seizures.case_id
    left join sales
        on cases.case_id = sales.case_id
    where
        cases.has_property
        and sales.case_id is null
),

property_timed as (
    {{ falling_due('with_property', 'since_date', 'undisposed_from', limit_code='CROSS_PROPERTY', rolls=false) }}
),

found as (
    select
        cases.case_id,
        'same_debtor' as reason_code,
        many_cases.group_number,
        cast(many_cases.open_case_count as integer) as open_case_count,
        cast(many_cases.court_count as bigint) as court_count,
        many_cases.first_filed_date as since_date
    from cases
    inner join many_cases
        on cases.person_hash = many_cases.person_hash
    union all
    select
        property_timed.case_id,
        'undisposed_property' as reason_code,
        cast(null as integer) as group_number,
        cast(null as integer) as open_case_count,
        cast(null as bigint) as court_count,
        property_timed.since_date
    from property_timed
    cross join as_of
    where property_timed.undisposed_from <= as_of.last_day
),

final as (
    select
        found.case_id,
        cases.case_number,
        cases.court_code,
        as_of.period_month,
        cases.case_type,
        cases.filed_date,
        found.reason_code,
        found.group_number,
        found.open_case_count,
        found.court_count,
        found.since_date
    from found
    inner join cases
        on found.case_id = cases.case_id
    cross join as_of
)

select * from final
