{{ config(group = 'rankings') }}
-- Failing checks, duties not done, receipts overdue: each list, month by month, beside the table that counts them.
with listed as (
    select
        court_code,
        period_month,
        'failing ' || check_id as counted,
        cast(1 as decimal(24, 2)) as found_value
    from {{ ref('rpt_suspension_failures') }}
    union all
    select
        court_code,
        period_month,
        'missed' as counted,
        1 as found_value
    from {{ ref('rpt_missed_rechecks') }}
    union all
    select
        funds.court_code,
        months.period_month,
        'overdue receipts' as counted,
        1 as found_value
    from {{ ref('rpt_overdue_funds') }} as funds
    inner join {{ ref('dim_months') }} as months
        on
            funds.overdue_from_month <= months.period_month
            and coalesce(funds.overdue_until_month > months.period_month, true)
    union all
    select
        funds.court_code,
        months.period_month,
        'overdue yuan' as counted,
        case when funds.paid_month <= months.period_month then funds.residual_amount else funds.received_amount end
            as found_value
    from {{ ref('rpt_overdue_funds') }} as funds
    inner join {{ ref('dim_months') }} as months
        on
            funds.overdue_from_month <= months.period_month
            and coalesce(funds.overdue_until_month > months.period_month, true)
),

counted as (
    select
        court_code,
        period_month,
        'failing ' || check_id as counted,
        -failed_count as found_value
    from {{ ref('rpt_suspension_compliance') }}
    union all
    select
        court_code,
        period_month,
        'missed' as counted,
        -missed_count as found_value
    from {{ ref('rpt_recheck_duties') }}
    union all
    select
        court_code,
        period_month,
        'overdue receipts' as counted,
        -held_count as found_value
    from {{ ref('rpt_fund_ageing') }}
    where age_band in ('overdue_to_30', 'overdue_to_90', 'overdue_over_90')
    union all
    select
        court_code,
        period_month,
        'overdue yuan' as counted,
        -held_amount as found_value
    from {{ ref('rpt_fund_ageing') }}
    where age_band in ('overdue_to_30', 'overdue_to_90', 'overdue_over_90')
),

both_sides as (
    select * from listed
    union all
    select * from counted
)

select
    court_code,
    period_month,
    counted,
    sum(found_value) as difference
from both_sides
group by court_code, period_month, counted
having sum(found_value) <> 0
