with stock_breaks as (
    select * from {{ ref('int_case_stock_broken') }}
),

case_months as (
    select * from {{ ref('int_case_months_delivered') }}
),

case_spans as (
    select * from {{ ref('int_case_spans_delivered') }}
),

courts as (
    select * from {{ ref('courts') }}
),

-- Both ways, and also out of whom a court was set up: where cases go by the register, no case was moved.
passings as (
    select
        court_code,
        successor_code as other_court_code
    from {{ ref('int_courts_succeeded') }}
    union
    select
        successor_code as court_code,
        court_code as other_court_code
    from {{ ref('int_courts_succeeded') }}
    union
    select
        court_code,
        predecessor_code as other_court_code
    from courts
    where predecessor_code is not null
    union
    select
        predecessor_code as court_code,
        court_code as other_court_code
    from courts
    where predecessor_code is not null
),

versions as (
    select
        case_id,
        case_number,
        court_code,
        extract_month,
        filed_date,
        closed_date,
        lag(extract_month) over (partition by case_id order by extract_month, court_code) as previous_month,
        lag(filed_date) over (partition by case_id order by extract_month, court_code) as previous_filed_date,
        lag(closed_date) over (partition by case_id order by extract_month, court_code) as previous_closed_date
    from case_months
),

changes as (
    select
        versions.*,
        case
            when versions.previous_filed_date <> versions.filed_date then 'filed_date_changed'
            when versions.previous_closed_date <> versions.closed_date then 'closed_date_changed'
            when
                versions.extract_month = case_spans.first_delivered_month
                and versions.closed_date < versions.extract_month
                then 'first_delivered_after_closing'
        end as exception_code
    from versions
    inner join case_spans
        on versions.case_id = case_spans.case_id
),

changes_without_break as (
    select changes.*
    from changes
    left join stock_breaks
        on
            changes.case_id = stock_breaks.case_id
            and changes.court_code = stock_breaks.court_code
            and changes.extract_month = stock_breaks.period_month
    where
        changes.exception_code is not null
        and stock_breaks.case_id is null
),

final as (
    select
        stock_breaks.case_id,
        stock_breaks.case_number,
        stock_breaks.court_code,
        stock_breaks.period_month,
        stock_breaks.previous_month,
        case
            when stock_breaks.exception_code = 'court_changed' and passings.court_code is not null
                then 'court_succeeded'
            else stock_breaks.exception_code
        end as exception_code,
        stock_breaks.flow_effect,
        stock_breaks.other_court_code,
        stock_breaks.filed_date,
        stock_breaks.closed_date,
        stock_breaks.previous_filed_date,
        stock_breaks.previous_closed_date
    from stock_breaks
    left join passings
        on
            stock_breaks.court_code = passings.court_code
            and stock_breaks.other_court_code = passings.other_court_code
    union all
    select
        case_id,
        case_number,
        court_code,
        extract_month as period_month,
        previous_month,
        exception_code,
        0 as flow_effect,
        cast(null as {{ dbt.type_string() }}) as other_court_code,
        filed_date,
        closed_date,
        previous_filed_date,
        previous_closed_date
    from changes_without_break
)

select * from final
