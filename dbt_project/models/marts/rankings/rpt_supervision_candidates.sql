with streaks as (
    select * from {{ ref('int_ranking_streaks') }}
    where
        streak_code = 'bottom'
        and window_code = 'month'
),

flags as (
    select * from {{ ref('int_gaming_scored') }}
    where flag in ('watch', 'alert')
),

months as (
    select * from {{ ref('dim_months') }}
),

items as (
    select * from {{ ref('fct_rectifications') }}
),

numbered_flags as (
    select
        flags.court_code,
        flags.period_month,
        flags.check_code,
        flags.indicator_code,
        flags.flag,
        months.month_number - row_number() over (
            partition by flags.court_code, flags.check_code
            order by months.month_number
        ) as run_number
    from flags
    inner join months
        on flags.period_month = months.period_month
),

reasons as (
    select
        court_code,
        period_month,
        'streak' as reason_code,
        peer_group as reason_detail,
        indicator_code,
        first_month as since_month,
        'bottom' as reason_grade
    from streaks
    union all
    select
        court_code,
        period_month,
        'gaming_flag' as reason_code,
        check_code as reason_detail,
        indicator_code,
        min(period_month) over (partition by court_code, check_code, run_number) as since_month,
        flag as reason_grade
    from numbered_flags
),

-- Items that were open at some time since the reason began, the one found last first.
matched as (
    select
        reasons.court_code,
        reasons.period_month,
        reasons.reason_code,
        reasons.reason_detail,
        reasons.indicator_code,
        reasons.since_month,
        reasons.reason_grade,
        items.item_id,
        items.found_date,
        case
            when items.item_id is null then 'none'
            when items.written_off_date < months.next_month then 'written_off'
            when items.due_date < months.next_month then 'overdue'
            else 'open'
        end as item_state,
        row_number() over (
            partition by
                reasons.court_code, reasons.period_month, reasons.reason_code, reasons.reason_detail,
                reasons.indicator_code
            order by
                coalesce(items.written_off_date >= months.next_month, true) desc,
                items.found_date desc nulls last, items.item_id asc
        ) as place
    from reasons
    inner join months
        on reasons.period_month = months.period_month
    left join items
        on
            reasons.court_code = items.court_code
            and reasons.indicator_code = items.indicator_code
            and months.next_month > items.found_date
            and coalesce(reasons.since_month <= items.written_off_date, true)
),

final as (
    select
        court_code,
        period_month,
        reason_code,
        reason_detail,
        reason_grade,
        indicator_code,
        cast(since_month as date) as since_month,
        item_state in ('open', 'overdue') as has_open_item,
        item_id,
        found_date as item_found_date,
        item_state
    from matched
    where place = 1
)

select * from final
