with spine as (
    select * from {{ ref('int_court_months') }}
),

court_kinds as (
    select
        court_code,
        extract_month,
        kind as extract_kind,
        accepted_count
    from {{ ref('fct_delivered_kinds') }}
),

nothing_to_report as (
    select distinct
        kind as extract_kind,
        extract_month
    from {{ ref('stg_ledger__deliveries') }}
    where
        status = 'accepted'
        and row_count = 0
),

nil_case_returns as (
    select
        court_code,
        period_month
    from {{ ref('fct_returns') }}
    where item_code in ('旧存', '新收', '结案', '未结')
    group by court_code, period_month
    having
        count(*) = 4
        and min(reported_value) = 0
        and max(reported_value) = 0
),

kinds as (
    select distinct extract_kind
    from court_kinds
),

province_kinds as (
    select distinct
        spine.province_code,
        spine.period_month,
        court_kinds.extract_kind
    from spine
    inner join court_kinds
        on
            spine.court_code = court_kinds.court_code
            and spine.period_month = court_kinds.extract_month
    union
    select distinct
        spine.province_code,
        spine.period_month,
        nothing_to_report.extract_kind
    from spine
    inner join nothing_to_report
        on spine.period_month = nothing_to_report.extract_month
),

kind_starts as (
    select
        province_code,
        extract_kind,
        min(period_month) as first_month
    from province_kinds
    group by province_code, extract_kind
),

courts_heard as (
    select distinct
        court_code,
        extract_month
    from court_kinds
),

final as (
    select
        spine.court_code,
        spine.period_month,
        kinds.extract_kind,
        coalesce(court_kinds.accepted_count, 0) as accepted_count,
        coalesce(spine.period_month >= kind_starts.first_month, false) as is_due,
        case
            when court_kinds.accepted_count is not null then true
            when kinds.extract_kind = 'cases' then nil_case_returns.court_code is not null
            else province_kinds.extract_kind is not null and courts_heard.court_code is not null
        end as is_delivered
    from spine
    cross join kinds
    left join court_kinds
        on
            spine.court_code = court_kinds.court_code
            and spine.period_month = court_kinds.extract_month
            and kinds.extract_kind = court_kinds.extract_kind
    left join province_kinds
        on
            spine.province_code = province_kinds.province_code
            and spine.period_month = province_kinds.period_month
            and kinds.extract_kind = province_kinds.extract_kind
    left join kind_starts
        on
            spine.province_code = kind_starts.province_code
            and kinds.extract_kind = kind_starts.extract_kind
    left join nil_case_returns
        on
            spine.court_code = nil_case_returns.court_code
            and spine.period_month = nil_case_returns.period_month
    left join courts_heard
        on
            spine.court_code = courts_heard.court_code
            and spine.period_month = courts_heard.extract_month
)

select * from final
