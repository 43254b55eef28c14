with windows as (
    select * from {{ ref('dim_windows') }}
),

court_months as (
    select * from {{ ref('int_court_months') }}
),

province_months as (
    select distinct
        province_code,
        period_month,
        month_number,
        cast(
            extract(year from first_month) * 12 + extract(month from first_month) as integer
        ) as first_month_number
    from court_months
),

nominal as (
    select
        province_months.province_code,
        windows.window_code,
        province_months.period_month,
        province_months.month_number,
        province_months.first_month_number,
        case windows.months_expected_rule
            when 'one' then province_months.month_number
            when 'twelve' then province_months.month_number - 11
            when 'thirty_six' then province_months.month_number - 35
            when 'since_january'
                then province_months.month_number - extract(month from province_months.period_month) + 1
            when 'since_december'
                then
                    province_months.month_number
                    - case
                        when extract(month from province_months.period_month) = 12 then 0
                        else extract(month from province_months.period_month)
                    end
        end as nominal_start_number
    from province_months
    cross join windows
),

final as (
    select
        province_code,
        window_code,
        period_month,
        month_number as end_month_number,
        cast(
            case
                when nominal_start_number < first_month_number then first_month_number
                else nominal_start_number
            end as integer
        ) as start_month_number,
        cast(
            case
                when nominal_start_number < first_month_number then month_number - first_month_number + 1
                else month_number - nominal_start_number + 1
            end as integer
        ) as months_in_window,
        cast(month_number - nominal_start_number + 1 as integer) as months_expected
    from nominal
)

select * from final
