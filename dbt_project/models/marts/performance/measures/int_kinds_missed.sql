with spine as (
    select * from {{ ref('int_court_months') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

answered as (
    select * from {{ ref('int_kinds_answered') }}
),

court_kinds as (
    select * from answered
    where accepted_count is not null
),

own_starts as (
    select
        court_code,
        extract_kind,
        min(period_month) as first_month
    from answered
    group by court_code, extract_kind
),

-- How much a court has to tell: the rows of its cases, month by month.
sized as (
    select
        spine.court_code,
        spine.period_month,
        courts.province_code,
        courts.level,
        court_kinds.accepted_count as case_count
    from spine
    inner join courts
        on spine.court_code = courts.court_code
    inner join court_kinds
        on
            spine.court_code = court_kinds.court_code
            and spine.period_month = court_kinds.period_month
            and court_kinds.extract_kind = 'cases'
    where spine.is_in_service
),

told as (
    select
        sized.province_code,
        sized.level,
        sized.period_month,
        court_kinds.extract_kind,
        sized.court_code,
        court_kinds.accepted_count
    from sized
    inner join court_kinds
        on
            sized.court_code = court_kinds.court_code
            and sized.period_month = court_kinds.period_month
    where court_kinds.extract_kind <> 'cases'
),

-- What courts of the level that deliver the kind say of it, beside their cases, in the months since it came.
kind_starts as (
    select
        province_code,
        extract_kind,
        min(period_month) as first_month
    from told
    group by province_code, extract_kind
),

users as (
    select distinct
        court_code,
        extract_kind
    from told
),

counted as (
    select
        sized.province_code,
        sized.level,
        users.extract_kind,
        sum(sized.case_count) as case_count,
        sum(coalesce(told.accepted_count, 0)) as accepted_count
    from sized
    inner join users
        on sized.court_code = users.court_code
    inner join kind_starts
        on
            sized.province_code = kind_starts.province_code
            and users.extract_kind = kind_starts.extract_kind
            and sized.period_month >= kind_starts.first_month
    left join told
        on
            sized.court_code = told.court_code
            and sized.period_month = told.period_month
            and users.extract_kind = told.extract_kind
    group by sized.province_code, sized.level, users.extract_kind
),

silent as (
    select
        sized.court_code,
        sized.province_code,
        sized.level,
        sized.period_month,
        sized.case_count,
        kind_starts.extract_kind
    from sized
    inner join kind_starts
        on
            sized.province_code = kind_starts.province_code
            and sized.period_month >= kind_starts.first_month
    left join own_starts
        on
            sized.court_code = own_starts.court_code
            and kind_starts.extract_kind = own_starts.extract_kind
    where own_starts.first_month is null or own_starts.first_month > sized.period_month
),

-- The chance of saying nothing in all of these months, if what is to be told falls singly and by chance.
scored as (
    select
        silent.court_code,
        silent.period_month,
        silent.extract_kind,
        cast(counted.accepted_count as double) / counted.case_count
        * sum(silent.case_count) over (partition by silent.court_code, silent.extract_kind) as score
    from silent
    inner join counted
        on
            silent.province_code = counted.province_code
            and silent.level = counted.level
            and silent.extract_kind = counted.extract_kind
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
