with dated as (
    select * from {{ ref('int_courts_dated') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

last_months as (
    select
        dated.province_code,
        max(delivery_courts.extract_month) as last_month
    from dated
    inner join delivery_courts
        on dated.court_code = delivery_courts.court_code
    where delivery_courts.accepted_count > 0
    group by dated.province_code
),

-- As of the last month delivered: what the register says of months to come does not hold yet.
known as (
    select
        dated.*,
        dated.first_month <= coalesce(last_months.last_month, dated.first_month) as is_begun,
        extract(year from dated.first_month) * 12 + extract(month from dated.first_month) as month_number
    from dated
    left join last_months
        on dated.province_code = last_months.province_code
),

chosen as (
    select
        *,
        row_number() over (
            partition by court_code
            order by
                case when is_begun then 0 else 1 end,
                case when is_begun then -month_number else month_number end,
                last_month desc
        ) as choice_number
    from known
),

courts as (
    select *
    from chosen
    where choice_number = 1
),

answering as (
    select
        court_code,
        kind,
        min(extract_month) as first_month
    from delivery_courts
    where (is_in_force or accepted_count = 0) and court_code is not null
    group by court_code, kind
    union all
    select
        court_code,
        kind,
        min(extract_month) as first_month
    from {{ ref('stg_ledger__delivery_gaps') }}
    where reason in ('refused', 'held')
    group by court_code, kind
),

provinces_with_cases as (
    select distinct courts.province_code
    from courts
    inner join answering
        on courts.court_code = answering.court_code
    where answering.kind = 'cases'
),

-- Cases open a court's service: a list of the whole province's staff names courts that have never delivered.
begun as (
    select
        courts.court_code,
        min(answering.first_month) as first_month
    from courts
    inner join answering
        on courts.court_code = answering.court_code
    left join provinces_with_cases
        on courts.province_code = provinces_with_cases.province_code
    where answering.kind = 'cases' or provinces_with_cases.province_code is null
    group by courts.court_code
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
        courts.peer_group,
        courts.province_code,
        courts.division_code,
        courts.prefix_status,
        delivering.court_code is not null as is_delivering,
        cast(coalesce({{ dbt.date_trunc('month', 'courts.delivers_from') }}, begun.first_month) as date)
            as in_service_from,
        cast({{ dbt.date_trunc('month', 'courts.delivers_to') }} as date) as in_service_to,
        courts.successor_code,
        courts.predecessor_code,
        courts.map_row,
        courts.map_column,
        courts.sort_order
    from courts
    inner join provinces
        on courts.province_code = provinces.province_code
    inner join placed
        on courts.court_code = placed.court_code
    inner join courts as prefectures
        on placed.prefecture_code = prefectures.court_code
    left join begun
        on courts.court_code = begun.court_code
    left join delivering
        on courts.court_code = delivering.court_code
)

select * from final
