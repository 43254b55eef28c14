with funds as (
    select * from {{ ref('fct_funds') }}
),

cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

-- Overdue in whole until it is paid; a rest that the payment leaves is overdue for good: a receipt has one payment.
final as (
    select
        funds.fund_id,
        funds.court_code,
        cases.case_number,
        funds.received_date,
        funds.due_date,
        coalesce(funds.late_from_month, funds.late_residual_from_month) as overdue_from_month,
        case when funds.late_residual_from_month is null then funds.paid_month end as overdue_until_month,
        funds.paid_month,
        funds.received_amount,
        funds.residual_amount
    from funds
    left join cases
        on funds.case_id = cases.case_id
    where funds.late_from_month is not null or funds.late_residual_from_month is not null
)

select * from final
