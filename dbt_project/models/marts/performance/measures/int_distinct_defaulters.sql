with listings as (
    select * from {{ ref('fct_defaulter_listings') }}
),

scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

court_months as (
    select * from {{ ref('int_court_months') }}
),

person_months as (
    select distinct
        scopes.court_code,
        scopes.scope_code,
        listings.person_key,
        listings.published_month
    from listings
    left join court_months
        on
            listings.court_code = court_months.court_code
            and listings.published_month = court_months.period_month
    inner join scopes
        on
            case when court_months.court_code is null then listings.court_code else court_months.counting_court_code end
            = scopes.member_court_code
            and listings.published_month >= scopes.member_from
            and listings.published_month <= scopes.member_to
    where listings.person_key is not null
),

sequenced as (
    select
        court_code,
        scope_code,
        published_month,
        lag(published_month) over (
            partition by court_code, scope_code, person_key
            order by published_month
        ) as previous_published_month
    from person_months
),

final as (
    select
        court_code,
        scope_code,
        published_month,
        previous_published_month,
        count(*) as person_count
    from sequenced
    group by court_code, scope_code, published_month, previous_published_month
)

select * from final
