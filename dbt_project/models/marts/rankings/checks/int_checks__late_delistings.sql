with listings as (
    select * from {{ ref('fct_defaulter_listings') }}
),

cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

as_of as (
    select max(next_month) as day_after
    from months
),

numbers as (
    select
        court_code,
        case_number,
        min(case_id) as case_id
    from cases
    group by court_code, case_number
),

timed as (
    {{ falling_due('listings', 'owed_due_date', 'far_past_date', limit_code='GC23', rolls=false) }}
),

final as (
    select
        'GC23' as check_code,
        listings.court_code,
        listings.owed_due_month as period_month,
        numbers.case_id,
        listings.case_number,
        case
            when
                coalesce(listings.delisted_date, as_of.day_after)
                > listings.far_past_date
                then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '应于 ' || cast(listings.owed_due_date as {{ dbt.type_string() }}) || ' 前屏蔽，实际 '
        || coalesce(cast(listings.delisted_date as {{ dbt.type_string() }}), '仍未屏蔽') as detail_zh,
        'Delisting due ' || cast(listings.owed_due_date as {{ dbt.type_string() }}) || ', done '
        || coalesce(cast(listings.delisted_date as {{ dbt.type_string() }}), 'not yet') as detail_en
    from timed as listings
    cross join as_of
    left join numbers
        on
            listings.court_code = numbers.court_code
            and listings.case_number = numbers.case_number
    where listings.is_owed_delisting = 1
)

select * from final
