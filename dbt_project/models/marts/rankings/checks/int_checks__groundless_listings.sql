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

final as (
    select
        'GC24' as check_code,
        listings.court_code,
        listings.published_month as period_month,
        numbers.case_id,
        listings.case_number,
        case when listings.ground is null then 1 else 0 end as hit_count,
        1 as trial_count,
        '失信条目没有填写法定情形' as detail_zh,
        'The listing names no statutory ground' as detail_en
    from listings
    left join numbers
        on
            listings.court_code = numbers.court_code
            and listings.case_number = numbers.case_number
)

select * from final
