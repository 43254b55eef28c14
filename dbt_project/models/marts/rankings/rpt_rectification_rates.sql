with rectifications as (
    select * from {{ ref('int_window_rectifications') }}
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        problem_class,
        found_by,
        ledger_count,
        found_count,
        written_off_count,
        due_count,
        on_time_count,
        open_count,
        overdue_count,
        case when due_count > 0 then cast(on_time_count as double) / cast(due_count as double) end as on_time_ratio,
        cast(written_off_count as double) / cast(nullif(ledger_count, 0) as double) as write_off_ratio
    from rectifications
)

select * from final
