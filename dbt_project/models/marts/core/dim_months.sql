with delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

digits as (
    select * from {{ ref('int_digits_listed') }}
),

working_days as (
    select * from {{ ref('int_working_days_numbered') }}
),

span as (
    select
        min(extract_month) as first_month,
        max(extract_month) as last_month
    from delivery_courts
    where is_in_force
),

offsets as (
    select cast(hundreds.digit * 100 + tens.digit * 10 + ones.digit as integer) as month_offset
    from digits as hundreds
    cross join digits as tens
    cross join digits as ones
),

months as (
    select
        cast({{ dbt.dateadd('month', 'offsets.month_offset', 'span.first_month') }} as date) as period_month,
        span.first_month,
        span.last_month
    from span
    cross join offsets
    where offsets.month_offset <= {{ dbt.datediff('span.first_month', 'span.last_month', 'month') }}
),

final as (
    select
        months.period_month,
        cast(extract(year from months.period_month) as integer) as calendar_year,
        cast(extract(month from months.period_month) as integer) as month_of_year,
        cast(extract(year from {{ dbt.dateadd('month', 1, 'months.period_month') }}) as integer) as statistical_year,
        cast(extract(year from months.period_month) * 12 + extract(month from months.period_month) as integer)
            as month_number,
        cast({{ dbt.dateadd('month', 1, 'months.period_month') }} as date) as next_month,
        months.period_month = months.first_month as is_first,
        months.period_month = months.last_month as is_last,
        coalesce(working_days.is_provisional, true) as is_calendar_provisional
    from months
    left join working_days
        on months.period_month = working_days.day
)

select * from final
