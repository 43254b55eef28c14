with window_months as (
    select * from {{ ref('dim_window_months') }}
),

court_months as (
    select * from {{ ref('int_court_months') }}
),

province_months as (
    select distinct
        province_code,
        period_month,
        month_number,
        first_month
    from court_months
),

final as (
    select
        province_months.province_code,
        window_months.window_code,
        province_months.period_month,
        province_months.month_number as end_month_number,
        cast(province_months.month_number - count(*) + 1 as integer) as start_month_number,
        cast(count(*) as integer) as months_in_window,
        max(window_months.months_expected) as months_expected
    from province_months
    inner join window_months
        on
            province_months.period_month = window_months.period_month
            and province_months.first_month <= window_months.member_month
    group by
        province_months.province_code, window_months.window_code, province_months.period_month,
        province_months.month_number
)

select * from final
