with courts as (
    select * from {{ ref('dim_courts') }}
),

roots as (
    select
        courts.province_code,
        min(courts.court_code) as court_code
    from courts
    left join courts as parents
        on courts.parent_court_code = parents.court_code
    where parents.court_code is null
    group by courts.province_code
),

own as (
    select
        court_code,
        'own' as scope_code,
        court_code as member_court_code
    from courts
),

jurisdiction as (
    select
        courts.court_code,
        'jurisdiction' as scope_code,
        members.court_code as member_court_code
    from courts
    inner join courts as members
        on
            courts.court_code = members.court_code
            or courts.court_code = members.parent_court_code
    where courts.level = 'intermediate'
),

province as (
    select
        roots.court_code,
        'province' as scope_code,
        members.court_code as member_court_code
    from roots
    inner join courts as members
        on roots.province_code = members.province_code
),

final as (
    select * from own
    union all
    select * from jurisdiction
    union all
    select * from province
)

select * from final
