with followed as (
    select * from {{ ref('int_suspensions_followed') }}
),

requests as (
    select * from {{ ref('int_requests_deduplicated') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

digits as (
    select * from {{ ref('int_digits_listed') }}
),

-- The day the records speak of: the end of the last month the court delivered.
as_of as (
    select
        court_code,
        cast({{ dbt.dateadd('month', 1, 'max(extract_month)') }} as date) as day_after
    from delivery_courts
    where is_in_force and kind = 'cases'
    group by court_code
),

duties as (
    select
        followed.case_id,
        followed.court_code,
        followed.case_type,
        followed.suspended_date,
        cast(digits.digit + 1 as integer) as duty_number,
        cast({{ dbt.dateadd('month', '6 * (digits.digit + 1)', 'followed.suspended_date') }} as date) as due_date,
        cast({{ dbt.dateadd('month', '6 * (digits.digit + 1) - 3', 'followed.suspended_date') }} as date) as from_date,
        cast({{ dbt.dateadd('month', '6 * (digits.digit + 1) + 3', 'followed.suspended_date') }} as date) as until_date,
        as_of.day_after
    from followed
    inner join as_of
        on followed.court_code = as_of.court_code
    cross join digits
    where
        coalesce(
            followed.resumed_date
            > cast({{ dbt.dateadd('month', '6 * (digits.digit + 1)', 'followed.suspended_date') }} as date),
            true
        )
        and cast({{ dbt.dateadd('month', '6 * digits.digit', 'followed.suspended_date') }} as date) < as_of.day_after
),

-- A query counts for the nearest duty: three months before it falls due until three months after.
answered as (
    select
        duties.case_id,
        duties.duty_number,
        min(cast(requests.sent_at as date)) as done_date
    from duties
    inner join requests
        on
            duties.case_id = requests.case_id
            and duties.from_date < cast(requests.sent_at as date)
            and duties.until_date >= cast(requests.sent_at as date)
            and duties.day_after > cast(requests.sent_at as date)
    where requests.channel = '总对总' and requests.matter = '查询'
    group by duties.case_id, duties.duty_number
),

judged as (
    select
        duties.*,
        answered.done_date,
        case
            when answered.done_date <= duties.due_date then 'on_time'
            when answered.done_date > duties.due_date then 'late'
            when duties.due_date < duties.day_after then 'missed'
            else 'not_yet_due'
        end as recheck_status
    from duties
    left join answered
        on
            duties.case_id = answered.case_id
            and duties.duty_number = answered.duty_number
),

final as (
    select
        case_id,
        duty_number,
        court_code,
        case_type,
        suspended_date,
        due_date,
        cast({{ dbt.date_trunc('month', 'due_date') }} as date) as due_month,
        done_date,
        recheck_status,
        case when due_date < day_after then 1 else 0 end as is_due_recheck,
        case when recheck_status = 'on_time' and due_date < day_after then 1 else 0 end as is_on_time_recheck,
        case when recheck_status = 'missed' then 1 else 0 end as is_missed_recheck
    from judged
)

select * from final
