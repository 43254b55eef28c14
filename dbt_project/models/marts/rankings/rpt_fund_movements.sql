with funds as (
    select * from {{ ref('fct_funds') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

timed as (
    select
        *,
        {{ dbt.datediff('received_date', 'paid_date', 'day') }} as days_to_pay
    from funds
),

bands as (
    select
        band_code,
        from_days,
        lead(from_days) over (order by sort_order) as next_from_days
    from {{ ref('age_bands') }}
    where band_set = 'fund_payment'
),

movements as (
    select
        court_code,
        received_month as period_month,
        1 as received_count,
        received_amount,
        0 as paid_count,
        0 as paid_amount,
        0 as paid_to_3_amount,
        0 as paid_to_10_amount,
        0 as paid_to_30_amount,
        0 as paid_over_30_amount
    from timed
    union all
    select
        timed.court_code,
        timed.paid_month as period_month,
        0 as received_count,
        0 as received_amount,
        timed.is_paid as paid_count,
        timed.settled_amount as paid_amount,
        case when bands.band_code = 'to_3' then timed.settled_amount else 0 end as paid_to_3_amount,
        case when bands.band_code = 'to_10' then timed.settled_amount else 0 end as paid_to_10_amount,
        case when bands.band_code = 'to_30' then timed.settled_amount else 0 end as paid_to_30_amount,
        case when bands.band_code = 'over_30' then timed.settled_amount else 0 end as paid_over_30_amount
    from timed
    inner join bands
        on
            coalesce(timed.days_to_pay >= bands.from_days, true)
            and coalesce(timed.days_to_pay < bands.next_from_days, true)
    where timed.paid_month is not null
),

final as (
    select
        movements.court_code,
        movements.period_month,
        cast(sum(movements.received_count) as bigint) as received_count,
        cast(sum(movements.received_amount) as decimal(24, 2)) as received_amount,
        cast(max(movements.received_amount) as decimal(24, 2)) as largest_received_amount,
        cast(sum(movements.paid_count) as bigint) as paid_count,
        cast(sum(movements.paid_amount) as decimal(24, 2)) as paid_amount,
        cast(sum(movements.paid_to_3_amount) as decimal(24, 2)) as paid_to_3_amount,
        cast(sum(movements.paid_to_10_amount) as decimal(24, 2)) as paid_to_10_amount,
        cast(sum(movements.paid_to_30_amount) as decimal(24, 2)) as paid_to_30_amount,
        cast(sum(movements.paid_over_30_amount) as decimal(24, 2)) as paid_over_30_amount
    from movements
    inner join months
        on movements.period_month = months.period_month
    group by movements.court_code, movements.period_month
)

select * from final
