with cases as (
    select * from {{ ref('int_cases_deduplicated') }}
),

resumptions as (
    select
        case_id,
        filed_date,
        replace(replace(replace(original_case_number, '(', '（'), ')', '）'), ' ', '') as original_case_number
    from cases
    where case_type = '执恢' and original_case_number is not null
),

suspensions as (
    select
        case_id,
        case_number,
        closed_date
    from cases
    where case_type = '执' and closing_mode = '终结本次执行程序'
),

linked as (
    select
        resumptions.case_id as resumption_case_id,
        resumptions.filed_date as resumed_date,
        suspensions.case_id as suspension_case_id,
        suspensions.closed_date as suspended_date,
        row_number() over (
            partition by resumptions.case_id
            order by suspensions.closed_date desc, suspensions.case_id
        ) as suspension_number
    from resumptions
    inner join suspensions
        on
            resumptions.original_case_number = suspensions.case_number
            and resumptions.filed_date >= suspensions.closed_date
),

final as (
    select
        resumption_case_id,
        resumed_date,
        suspension_case_id,
        suspended_date,
        cast({{ dbt.datediff('suspended_date', 'resumed_date', 'day') }} as integer) as resumption_lag_days,
        row_number() over (
            partition by suspension_case_id
            order by resumed_date, resumption_case_id
        ) as resumption_number
    from linked
    where suspension_number = 1
)

select * from final
