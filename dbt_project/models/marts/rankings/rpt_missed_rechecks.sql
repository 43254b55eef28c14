with rechecks as (
    select *
    from {{ ref('fct_suspension_rechecks') }}
    where recheck_status = 'missed'
),

suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

final as (
    select
        rechecks.case_id,
        rechecks.duty_number,
        rechecks.court_code,
        rechecks.due_month as period_month,
        suspensions.case_number,
        suspensions.suspended_date,
        rechecks.due_date
    from rechecks
    inner join suspensions
        on rechecks.case_id = suspensions.case_id
)

select * from final
