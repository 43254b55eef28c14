with items as (
    select
        court_code,
        problem_class,
        coalesce(found_by, '未注明') as found_by,
        due_date,
        written_off_date,
        extract(year from found_date) * 12 + extract(month from found_date) as found_number,
        extract(year from due_date) * 12 + extract(month from due_date) as due_number,
        extract(year from written_off_date) * 12 + extract(month from written_off_date) as written_off_number
    from {{ ref('fct_rectifications') }}
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

placed as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        windows.window_code,
        windows.period_month,
        items.problem_class,
        items.found_by,
        items.found_number >= windows.start_month_number as is_found_in_window,
        -- Written off before the window and due in it: counted as kept in time, and no longer on the ledger.
        coalesce(items.written_off_number, windows.start_month_number)
        >= windows.start_month_number as is_on_ledger,
        coalesce(items.written_off_number, windows.end_month_number + 1) > windows.end_month_number as is_open,
        coalesce(
            items.written_off_number >= windows.start_month_number
            and items.written_off_number <= windows.end_month_number, false
        ) as is_written_off_in_window,
        coalesce(items.due_number <= windows.end_month_number, false) as is_fallen_due,
        coalesce(
            items.due_number >= windows.start_month_number
            and items.due_number <= windows.end_month_number, false
        ) as is_due_in_window,
        coalesce(items.written_off_date <= items.due_date, false) as is_on_time
    from items
    inner join court_scopes
        on items.court_code = court_scopes.member_court_code
    inner join courts
        on court_scopes.court_code = courts.court_code
    inner join windows
        on
            courts.province_code = windows.province_code
            and items.found_number <= windows.end_month_number
            and (
                coalesce(items.written_off_number, windows.start_month_number) >= windows.start_month_number
                or items.due_number between windows.start_month_number and windows.end_month_number
            )
    where
        court_scopes.member_from <= windows.period_month
        and court_scopes.member_to >= windows.period_month
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        problem_class,
        found_by,
        cast(sum(case when is_on_ledger then 1 else 0 end) as bigint) as ledger_count,
        cast(sum(case when is_found_in_window then 1 else 0 end) as bigint) as found_count,
        cast(sum(case when is_written_off_in_window then 1 else 0 end) as bigint) as written_off_count,
        cast(sum(case when is_due_in_window then 1 else 0 end) as bigint) as due_count,
        cast(sum(case when is_due_in_window and is_on_time then 1 else 0 end) as bigint) as on_time_count,
        cast(sum(case when is_open then 1 else 0 end) as bigint) as open_count,
        cast(sum(case when is_open and is_fallen_due then 1 else 0 end) as bigint) as overdue_count
    from placed
    group by court_code, scope_code, window_code, period_month, problem_class, found_by
)

select * from final
