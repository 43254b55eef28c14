{#- Kinds that came after courts had learnt to deliver: who never sent one does not send it, and has not 'none'. -#}
{%- set said_by_each = ['cross_enforcements'] -%}
{#- Statements about a month, which every court has something to say to. -#}
{%- set stated_by_each = ['returns', 'staffing'] -%}

with spine as (
    select * from {{ ref('int_court_months') }}
),

answered as (
    select * from {{ ref('int_kinds_answered') }}
),

court_kinds as (
    select * from answered
    where accepted_count is not null
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

court_gaps as (
    select
        court_code,
        kind,
        extract_month,
        min(reason) as reason
    from {{ ref('stg_ledger__delivery_gaps') }}
    where reason in ('refused', 'held')
    group by court_code, kind, extract_month
),

unassigned as (
    select distinct
        kind,
        extract_month
    from {{ ref('stg_ledger__delivery_gaps') }}
    where reason = 'unassigned'
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
    select extract_kind
    from answered
    union
    select kind as extract_kind
    from court_gaps
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
            and spine.period_month = court_kinds.period_month
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

own_starts as (
    select
        court_code,
        extract_kind,
        min(period_month) as first_month
    from answered
    group by court_code, extract_kind
),

missed as (
    select * from {{ ref('int_kinds_missed') }}
),

courts_heard as (
    select distinct
        court_code,
        period_month
    from answered
),

judged as (
    select
        spine.court_code,
        spine.period_month,
        kinds.extract_kind,
        coalesce(answered.accepted_count, 0) as accepted_count,
        spine.is_in_service and coalesce(spine.period_month >= kind_starts.first_month, false) as is_due,
        answered.court_code is not null and answered.accepted_count is null as is_answered_with_nothing,
        -- Process nodes have their court from their case: without the month's cases, those of new cases are nobody's.
        case
            when kinds.extract_kind = 'nodes' and case_gaps.reason is not null then case_gaps.reason
            when answered.accepted_count is not null then null
            when court_gaps.reason is not null then court_gaps.reason
            when answered.court_code is null and unassigned.kind is not null then 'unassigned'
        end as gap_reason,
        case
            when answered.court_code is not null then true
            when kinds.extract_kind = 'cases' then nil_case_returns.court_code is not null
            {% for kind in said_by_each %}
                when kinds.extract_kind = '{{ kind }}' and coalesce(own_starts.first_month > spine.period_month, true)
                    then false
            {% endfor %}
            {% for kind in stated_by_each %}
                when kinds.extract_kind = '{{ kind }}' then false
            {% endfor %}
            when missed.court_code is not null then false
            else province_kinds.extract_kind is not null and courts_heard.court_code is not null
        end as is_heard
    from spine
    cross join kinds
    left join answered
        on
            spine.court_code = answered.court_code
            and spine.period_month = answered.period_month
            and kinds.extract_kind = answered.extract_kind
    left join province_kinds
        on
            spine.province_code = province_kinds.province_code
            and spine.period_month = province_kinds.period_month
            and kinds.extract_kind = province_kinds.extract_kind
    left join kind_starts
        on
            spine.province_code = kind_starts.province_code
            and kinds.extract_kind = kind_starts.extract_kind
    left join own_starts
        on
            spine.court_code = own_starts.court_code
            and kinds.extract_kind = own_starts.extract_kind
    left join nil_case_returns
        on
            spine.court_code = nil_case_returns.court_code
            and spine.period_month = nil_case_returns.period_month
    left join courts_heard
        on
            spine.court_code = courts_heard.court_code
            and spine.period_month = courts_heard.period_month
    left join missed
        on
            spine.court_code = missed.court_code
            and spine.period_month = missed.period_month
            and kinds.extract_kind = missed.extract_kind
    left join court_gaps
        on
            spine.court_code = court_gaps.court_code
            and spine.period_month = court_gaps.extract_month
            and kinds.extract_kind = court_gaps.kind
    left join court_gaps as case_gaps
        on
            spine.court_code = case_gaps.court_code
            and spine.period_month = case_gaps.extract_month
            and case_gaps.kind = 'cases'
    left join unassigned
        on
            spine.period_month = unassigned.extract_month
            and kinds.extract_kind = unassigned.kind
),

final as (
    select
        court_code,
        period_month,
        extract_kind,
        accepted_count,
        is_due,
        is_heard and gap_reason is null as is_delivered,
        is_answered_with_nothing,
        gap_reason
    from judged
)

select * from final
