with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

court_scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

-- Counted by days before windows are spread over them: cases of one court, month and number of days are one row.
counted as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        resumptions.days_to_resumption,
        extract(year from resumptions.filed_month) * 12 + extract(month from resumptions.filed_month) as month_number,
        count(*) as resumption_count,
        sum(resumptions.is_linked) as linked_count
    from resumptions
    inner join court_scopes
        on
            resumptions.court_code = court_scopes.member_court_code
            and resumptions.filed_month >= court_scopes.member_from
            and resumptions.filed_month <= court_scopes.member_to
    group by
        court_scopes.court_code, court_scopes.scope_code, resumptions.days_to_resumption, resumptions.filed_month
),

windowed as (
    select
        counted.court_code,
        counted.scope_code,
        windows.window_code,
        windows.period_month,
        counted.days_to_resumption,
        sum(counted.resumption_count) as resumption_count,
        sum(counted.linked_count) as linked_count
    from counted
    inner join courts
        on counted.court_code = courts.court_code
    inner join windows
        on
            courts.province_code = windows.province_code
            and counted.month_number >= windows.start_month_number
            and counted.month_number <= windows.end_month_number
    group by
        counted.court_code, counted.scope_code, windows.window_code, windows.period_month,
        counted.days_to_resumption
),

ordered as (
    select
        *,
        case when days_to_resumption is not null then resumption_count else 0 end as dated_count,
        sum(case when days_to_resumption is not null then resumption_count else 0 end) over up_to as running_count,
        sum(case when days_to_resumption is not null then resumption_count else 0 end) over in_all as total_count
    from windowed
    window
        up_to as (
            partition by court_code, scope_code, window_code, period_month
            order by days_to_resumption
            rows between unbounded preceding and current row
        ),
        in_all as (
            partition by court_code, scope_code, window_code, period_month
        )
),

-- The median of n is the mean of the ⌈n/2⌉th and the (⌊n/2⌋+1)th; for an odd n these are one.
final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        cast(sum(resumption_count) as bigint) as resumption_count,
        cast(sum(linked_count) as bigint) as linked_count,
        cast(
            (
                min(case when dated_count > 0 and 2 * running_count >= total_count then days_to_resumption end)
                + min(case when dated_count > 0 and 2 * running_count > total_count then days_to_resumption end)
            ) as double
        ) / 2 as median_days
    from ordered
    group by court_code, scope_code, window_code, period_month
)

select * from final
