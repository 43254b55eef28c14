with windows as (
    select * from {{ ref('windows') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

nominal as (
    select
        windows.window_code,
        months.period_month,
        months.month_number,
        months.month_number - coalesce(
            windows.month_count - 1,
            mod(months.month_of_year - windows.begins_in_month + 12, 12)
        ) as nominal_start_number
    from windows
    cross join months
),

final as (
    select
        nominal.window_code,
        nominal.period_month,
        members.period_month as member_month,
        cast(nominal.month_number - nominal.nominal_start_number + 1 as integer) as months_expected
    from nominal
    inner join months as members
        on
            nominal.nominal_start_number <= members.month_number
            and nominal.month_number >= members.month_number
)

select * from final
