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

numbers as (
    select cast(tens.digit * 10 + ones.digit + 1 as integer) as duty_number
    from digits as tens
    cross join digits as ones
),

first_due as (
    {{ falling_due('followed', 'suspended_date', 'first_due_date', limit_code='N30', rolls=false) }}
),

numbered as (
    select
        first_due.case_id,
        first_due.court_code,
        first_due.case_type,
        first_due.suspended_date,
        first_due.resumed_date,
        first_due.expiry_date,
        numbers.duty_number,
        as_of.day_after
    from first_due
    inner join as_of
        on first_due.court_code = as_of.court_code
    inner join numbers
        -- Months are not equally long: one duty more than their days have room for, and the next step dates them.
        on
            numbers.duty_number * {{ dbt.datediff('first_due.suspended_date', 'first_due.first_due_date', 'day') }}
            <= {{ dbt.datediff('first_due.suspended_date', 'first_due.expiry_date', 'day') }}
            + {{ dbt.datediff('first_due.suspended_date', 'first_due.first_due_date', 'day') }}
),

with_due as (
    {{
        falling_due(
            'numbered', 'suspended_date', 'due_date', limit_code='N30', count='limits.limit_count * begun.duty_number',
            rolls=false
        )
    }}
),

with_previous as (
    {{
        falling_due(
            'with_due', 'suspended_date', 'previous_date', limit_code='N30',
            count='limits.limit_count * (begun.duty_number - 1)', rolls=false
        )
    }}
),

owed as (
    select *
    from with_previous
    where
        due_date <= expiry_date
        and previous_date < day_after
        and coalesce(resumed_date > due_date, true)
),

-- A query counts for the nearest duty: from half an interval before it falls due until half an interval after.
with_start as (
    {{
        falling_due(
            'owed', 'suspended_date', 'from_date', limit_code='N30',
            count='limits.limit_count * begun.duty_number - cast(floor(limits.limit_count / 2.0) as integer)',
            rolls=false
        )
    }}
),

duties as (
    {{
        falling_due(
            'with_start', 'suspended_date', 'until_date', limit_code='N30',
            count='limits.limit_count * (begun.duty_number + 1) - cast(floor(limits.limit_count / 2.0) as integer)',
            rolls=false
        )
    }}
),

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
