with courts as (
    select * from {{ ref('courts') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

delivering as (
    select distinct court_code
    from delivery_courts
    where accepted_count > 0
),

provinces as (
    select distinct courts.province_code
    from courts
    inner join delivering
        on courts.court_code = delivering.court_code
),

placed as (
    select
        courts.court_code,
        case
            when courts.level = 'basic' and parents.court_code is not null then parents.court_code
            else courts.court_code
        end as prefecture_code
    from courts
    left join courts as parents
        on courts.parent_court_code = parents.court_code
),

final as (
    select
        courts.court_code,
        courts.case_prefix,
        courts.name_zh,
        courts.name_en,
        courts.short_name_zh,
        courts.short_name_en,
        courts.level,
        courts.parent_court_code,
        placed.prefecture_code,
        prefectures.short_name_zh as prefecture_name_zh,
        prefectures.short_name_en as prefecture_name_en,
        case courts.level
            when 'high' then 'high_own'
            when 'intermediate' then 'intermediate_own'
            else 'basic'
        end as peer_group,
        courts.province_code,
        courts.division_code,
        courts.prefix_status,
        delivering.court_code is not null as is_delivering,
        courts.sort_order
    from courts
    inner join provinces
        on courts.province_code = provinces.province_code
    inner join placed
        on courts.court_code = placed.court_code
    inner join courts as prefectures
        on placed.prefecture_code = prefectures.court_code
    left join delivering
        on courts.court_code = delivering.court_code
)

select * from final
