with listings as (
    select * from {{ ref('fct_defaulter_listings') }}
),

cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

numbers as (
    select
        court_code,
        case_number,
        min(case_id) as case_id
    from cases
    group by court_code, case_number
),

ordered as (
    select
        *,
        lag(delisted_date) over (
            partition by court_code, case_number, person_key
            order by published_date, listing_id
        ) as former_delisted_date
    from listings
    where person_key is not null
),

timed as (
    {{
        falling_due(
            'ordered', 'former_delisted_date', 'again_until', limit_code='GC25', rolls=false,
            carrying=['words_zh', 'words_en']
        )
    }}
),

final as (
    select
        'GC25' as check_code,
        ordered.court_code,
        ordered.published_month as period_month,
        numbers.case_id,
        ordered.case_number,
        case
            when ordered.published_date <= ordered.again_until then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '屏蔽于 ' || cast(ordered.former_delisted_date as {{ dbt.type_string() }}) || '，' || ordered.words_zh
        || '内再次纳入' as detail_zh,
        'Delisted ' || cast(ordered.former_delisted_date as {{ dbt.type_string() }})
        || ' and listed again within ' || ordered.words_en as detail_en
    from timed as ordered
    left join numbers
        on
            ordered.court_code = numbers.court_code
            and ordered.case_number = numbers.case_number
)

select * from final
