with top_amounts as (
    select
        *,
        extract(year from period_month) * 12 + extract(month from period_month) as month_number
    from {{ ref('int_top_amounts') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

placed as (
    select
        top_amounts.court_code,
        top_amounts.scope_code,
        windows.window_code,
        windows.period_month,
        top_amounts.case_scope,
        top_amounts.amount_code,
        top_amounts.amount,
        top_amounts.counted_amount,
        row_number() over (
            partition by
                top_amounts.court_code, top_amounts.scope_code, windows.window_code, windows.period_month,
                top_amounts.case_scope, top_amounts.amount_code
            order by top_amounts.amount desc, top_amounts.month_number asc, top_amounts.place asc
        ) as place
    from top_amounts
    inner join courts
        on top_amounts.court_code = courts.court_code
    inner join windows
        on
            courts.province_code = windows.province_code
            and top_amounts.month_number <= windows.end_month_number
            -- What is held is held at a month's end: a window has the stock of its last month.
            and top_amounts.month_number >= case
                when top_amounts.amount_code = 'held_funds' then windows.end_month_number
                else windows.start_month_number
            end
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        case_scope,
        amount_code,
        cast(sum(amount) as decimal(24, 2)) as top_ten_amount,
        cast(max(case when place = 1 then amount end) as decimal(24, 2)) as largest_amount,
        cast(max(case when place = 1 then counted_amount end) as decimal(24, 2)) as largest_counted_amount
    from placed
    where place <= 10
    group by court_code, scope_code, window_code, period_month, case_scope, amount_code
)

select * from final
