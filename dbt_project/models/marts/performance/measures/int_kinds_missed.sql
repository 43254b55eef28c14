with spine as (
    select * from {{ ref('int_court_months') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

court_kinds as (
    select * from {{ ref('fct_delivered_kinds') }}
),

answered as (
    select distinct
        delivery_courts.court_code,
        delivery_courts.kind,
        delivery_courts.extract_month
    from {{ ref('stg_ledger__delivery_courts') }} as delivery_courts
    inner join {{ ref('stg_ledger__deliveries') }} as deliveries
        on delivery_courts.delivery_id = deliveries.delivery_id
    where
        deliveries.status = 'accepted'
        and deliveries.row_count = 0
        and delivery_courts.court_code is not null
),

own_starts as (
    select
        court_code,
        kind,
        min(extract_month) as first_month
    from (
        select
            court_code,
            kind,
            extract_month
        from court_kinds
        union all
        select
            court_code,
            kind,
            extract_month
        from answered
    ) as said
    group by court_code, kind
),

-- How much a court has to tell: the rows of its cases, month by month.
sized as (
    select
        spine.court_code,
        spine.period_month,
        courts.province_code,
        courts.peer_group,
        court_kinds.accepted_count as case_count
    from spine
    inner join courts
        on spine.court_code = courts.court_code
    inner join court_kinds
        on
            spine.court_code = court_kinds.court_code
            and spine.period_month = court_kinds.extract_month
            and court_kinds.kind = 'cases'
    where spine.is_in_service
),

told as (
    select
        sized.province_code,
        sized.peer_group,
        sized.period_month,
        court_kinds.kind,
        sized.court_code,
        court_kinds.accepted_count
    from sized
    inner join court_kinds
        on
            sized.court_code = court_kinds.court_code
            and sized.period_month = court_kinds.extract_month
    where court_kinds.kind <> 'cases'
),

-- What courts of the group that deliver the kind say of it, beside their cases, in the months since it came.
kind_starts as (
    select
        province_code,
        kind,
        min(period_month) as first_month
    from told
    group by province_code, kind
),

users as (
    select distinct
        court_code,
        kind
    from told
),

counted as (
    select
        sized.province_code,
        sized.peer_group,
        users.kind,
        sum(sized.case_count) as case_count,
        sum(coalesce(told.accepted_count, 0)) as accepted_count
    from sized
    inner join users
        on sized.court_code = users.court_code
    inner join kind_starts
        on
            sized.province_code = kind_starts.province_code
            and users.kind = kind_starts.kind
            and sized.period_month >= kind_starts.first_month
    left join told
        on
            sized.court_code = told.court_code
            and sized.period_month = told.period_month
            and users.kind = told.kind
    group by sized.province_code, sized.peer_group, users.kind
),

silent as (
    select
        sized.court_code,
        sized.province_code,
        sized.peer_group,
        sized.period_month,
        sized.case_count,
        kind_starts.kind
    from sized
    inner join kind_starts
        on
            sized.province_code = kind_starts.province_code
            and sized.period_month >= kind_starts.first_month
    left join own_starts
        on
            sized.court_code = own_starts.court_code
            and kind_starts.kind = own_starts.kind
    where own_starts.first_month is null or own_starts.first_month > sized.period_month
),

-- The chance of saying nothing in all of these months, if what is to be told falls singly and by chance.
scored as (
    select
        silent.court_code,
        silent.period_month,
        silent.kind as extract_kind,
        cast(counted.accepted_count as double) / counted.case_count
        * sum(silent.case_count) over (partition by silent.court_code, silent.kind) as score
    from silent
    inner join counted
        on
            silent.province_code = counted.province_code
            and silent.peer_group = counted.peer_group
            and silent.kind = counted.kind
),

limited as (
    {{ beside_thresholds('scored', 'period_month', least_score='SILENT_KIND in score') }}
),

final as (
    select
        court_code,
        period_month,
        extract_kind
    from limited
    where score > least_score
)

select * from final
