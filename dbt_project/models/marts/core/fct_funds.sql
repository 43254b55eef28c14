with funds as (
    select * from {{ ref('int_funds_deduplicated') }}
),

timed as (
    {{ falling_due('funds', 'received_date', 'due_date', limit_code='N25') }}
),

ordered as (
    {{ falling_due('timed', 'received_date', 'standard_order_date', limit_code='N25a') }}
),

-- The second standard is two clocks one after the other: the enforcement body's, and then the finance office's.
paying as (
    {{ falling_due('ordered', 'standard_order_date', 'standard_due_date', limit_code='N25b') }}
),

dated as (
    select
        *,
        coalesce(deferral_approved, false) as is_deferred,
        least(coalesce(paid_amount, 0), received_amount) as settled_amount,
        cast({{ dbt.date_trunc('month', 'received_date') }} as date) as received_month,
        cast({{ dbt.date_trunc('month', 'paid_date') }} as date) as paid_month,
        cast({{ dbt.date_trunc('month', 'due_date') }} as date) as due_month,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', 1, 'due_date')) }} as date) as passed_month
    from paying
),

final as (
    select
        fund_id,
        case_id,
        court_code,
        received_date,
        received_amount,
        paid_date,
        paid_amount,
        deferral_approved,
        extract_month as last_delivered_month,
        received_month,
        paid_month,
        due_date,
        due_month,
        case when paid_month is null or paid_month > received_month then received_month end as held_from_month,
        case
            when is_deferred then null
            when paid_month is null or paid_month > passed_month then passed_month
        end as late_from_month,
        case when settled_amount < received_amount then paid_month end as residual_from_month,
        case
            when is_deferred or settled_amount >= received_amount then null
            when paid_month < passed_month then passed_month
            else paid_month
        end as late_residual_from_month,
        1 as fund_one,
        case when paid_date is not null then 1 else 0 end as is_paid,
        cast(received_amount - settled_amount as decimal(20, 2)) as residual_amount,
        cast(
            case
                when is_deferred then received_amount
                when paid_date <= due_date then settled_amount
                else 0
            end as decimal(20, 2)
        ) as paid_on_time_amount,
        cast(
            case
                when paid_date is not null
                    then {{ dbt.datediff('received_date', 'paid_date', 'day') }} * settled_amount
                else 0
            end as decimal(24, 2)
        ) as paid_amount_days,
        cast(case when paid_date is not null then settled_amount else 0 end as decimal(20, 2)) as settled_amount,
        standard_due_date,
        cast({{ dbt.date_trunc('month', 'standard_due_date') }} as date) as standard_due_month,
        cast(
            case
                when is_deferred and standard_due_date is not null then received_amount
                when paid_date <= standard_due_date then settled_amount
                else 0
            end as decimal(20, 2)
        ) as paid_in_standard_amount
    from dated
)

select * from final
