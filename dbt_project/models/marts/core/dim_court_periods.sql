with dated as (
    select * from {{ ref('int_courts_dated') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

final as (
    select
        dated.court_code,
        dated.first_month,
        dated.last_month,
        dated.case_prefix,
        dated.name_zh,
        dated.name_en,
        dated.short_name_zh,
        dated.short_name_en,
        dated.parent_court_code,
        dated.peer_group,
        case
            when dated.level = 'basic' and parents.court_code is not null then parents.court_code
            else dated.court_code
        end as prefecture_code
    from dated
    inner join courts
        on dated.court_code = courts.court_code
    left join courts as parents
        on dated.parent_court_code = parents.court_code
    where dated.first_month <= dated.last_month
)

select * from final
