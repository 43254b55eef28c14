{#- Members from the beginning and until further notice. -#}
{%- set always = "cast('1900-01-01' as date) as member_from, cast('9999-12-01' as date) as member_to" -%}

with courts as (
    select * from {{ ref('dim_courts') }}
),

periods as (
    select * from {{ ref('dim_court_periods') }}
),

successions as (
    select * from {{ ref('int_courts_succeeded') }}
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

jurisdiction as (
    select
        court_code,
        court_code as member_court_code,
        {{ always }}
    from courts
    where level = 'intermediate'
    union all
    select
        courts.court_code,
        periods.court_code as member_court_code,
        periods.first_month as member_from,
        periods.last_month as member_to
    from courts
    inner join periods
        on courts.court_code = periods.parent_court_code
    where courts.level = 'intermediate'
),

taken_over as (
    select
        successions.successor_code as court_code,
        successions.court_code as member_court_code
    from successions
    inner join courts
        on successions.successor_code = courts.court_code
    inner join courts as passed
        on successions.court_code = passed.court_code
),

members_today as (
    select
        jurisdiction.court_code,
        jurisdiction.member_court_code
    from jurisdiction
    inner join courts
        on
            jurisdiction.member_court_code = courts.court_code
            and (
                jurisdiction.court_code = courts.court_code
                or jurisdiction.court_code = courts.parent_court_code
            )
),

-- Who is a member today, and whoever has passed its cases on to one of them.
members_now as (
    select
        court_code,
        member_court_code
    from members_today
    union
    select
        members_today.court_code,
        taken_over.member_court_code
    from members_today
    inner join taken_over
        on members_today.member_court_code = taken_over.court_code
),

-- A jurisdiction whose members were the same at all times has no other reading.
changed as (
    select coalesce(jurisdiction.court_code, members_now.court_code) as court_code
    from jurisdiction
    full join members_now
        on
            jurisdiction.court_code = members_now.court_code
            and jurisdiction.member_court_code = members_now.member_court_code
            and jurisdiction.member_from = cast('1900-01-01' as date)
            and jurisdiction.member_to = cast('9999-12-01' as date)
    where
        jurisdiction.court_code is null
        or members_now.court_code is null
    group by coalesce(jurisdiction.court_code, members_now.court_code)
),

final as (
    select
        court_code,
        'own' as scope_code,
        court_code as member_court_code,
        {{ always }}
    from courts
    union all
    select
        court_code,
        'jurisdiction' as scope_code,
        member_court_code,
        member_from,
        member_to
    from jurisdiction
    union all
    select
        roots.court_code,
        'province' as scope_code,
        members.court_code as member_court_code,
        {{ always }}
    from roots
    inner join courts as members
        on roots.province_code = members.province_code
    union all
    select
        court_code,
        'own_now' as scope_code,
        member_court_code,
        {{ always }}
    from taken_over
    union all
    select distinct
        court_code,
        'own_now' as scope_code,
        court_code as member_court_code,
        {{ always }}
    from taken_over
    union all
    select
        members_now.court_code,
        'jurisdiction_now' as scope_code,
        members_now.member_court_code,
        {{ always }}
    from members_now
    inner join changed
        on members_now.court_code = changed.court_code
)

select * from final
