with funds as (
    select * from {{ ref('int_funds_deduplicated') }}
),

final as (
    select
        funds.fund_id,
        funds.case_id,
        funds.court_code,
        funds.received_date,
        funds.received_amount,
        funds.paid_date,
        funds.paid_amount,
        funds.deferral_approved,
        funds.extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'funds.received_date') }} as date) as received_month,
        cast({{ dbt.dateadd('day', 30, 'funds.received_date') }} as date) as due_date,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', 30, 'funds.received_date')) }} as date) as due_month,
        1 as fund_one,
        cast(
            case
                when funds.deferral_approved then funds.received_amount
                when funds.paid_date <= {{ dbt.dateadd('day', 30, 'funds.received_date') }}
                    then least(coalesce(funds.paid_amount, 0), funds.received_amount)
                else 0
            end as decimal(20, 2)
        ) as paid_on_time_amount
    from funds
)

select * from final
