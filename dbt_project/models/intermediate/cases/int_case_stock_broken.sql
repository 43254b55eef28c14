with case_months as (
    select * from {{ ref('int_case_months_delivered') }}
),

case_spans as (
    select * from {{ ref('int_case_spans_delivered') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

deliveries as (
    select * from {{ ref('stg_ledger__deliveries') }}
),

-- A file without rows is an answer too: the court says that it has no cases.
court_months as (
    select
        court_code,
        extract_month
    from case_months
    union
    select
        delivery_courts.court_code,
        delivery_courts.extract_month
    from delivery_courts
    inner join deliveries
        on delivery_courts.delivery_id = deliveries.delivery_id
    where
        delivery_courts.kind = 'cases'
        and delivery_courts.court_code is not null
        and deliveries.status = 'accepted'
        and deliveries.row_count = 0
),

ordered_months as (
    select
        court_code,
        extract_month as period_month,
        lag(extract_month) over (partition by court_code order by extract_month) as previous_month
    from court_months
),

month_pairs as (
    select
        court_code,
        period_month,
        previous_month,
        cast({{ dbt.dateadd('month', 1, 'previous_month') }} as date) as month_after_previous,
        cast({{ dbt.dateadd('month', -1, 'period_month') }} as date) as month_before
    from ordered_months
    where previous_month is not null
),

neighbours as (
    select
        *,
        lag(extract_month) over (partition by case_id, court_code order by extract_month) as earlier_month,
        lag(is_pending) over (partition by case_id, court_code order by extract_month) as earlier_is_pending,
        lag(filed_date) over (partition by case_id, court_code order by extract_month) as earlier_filed_date,
        lag(closed_date) over (partition by case_id, court_code order by extract_month) as earlier_closed_date,
        lead(extract_month) over (partition by case_id, court_code order by extract_month) as later_month,
        lead(is_opening) over (partition by case_id, court_code order by extract_month) as later_is_opening,
        lead(filed_date) over (partition by case_id, court_code order by extract_month) as later_filed_date,
        lead(closed_date) over (partition by case_id, court_code order by extract_month) as later_closed_date
    from case_months
),

-- Pending when the court last delivered, not in this month's opening stock; nor closed in months not delivered since.
lost as (
    select
        neighbours.case_id,
        neighbours.case_number,
        neighbours.court_code,
        month_pairs.period_month,
        month_pairs.previous_month,
        month_pairs.previous_month < month_pairs.month_before as is_after_a_gap,
        -1 as flow_effect,
        coalesce(neighbours.later_month = month_pairs.period_month, false) as is_in_both_months,
        case
            when neighbours.later_month = month_pairs.period_month then neighbours.later_filed_date
        end as filed_date,
        case
            when neighbours.later_month = month_pairs.period_month then neighbours.later_closed_date
        end as closed_date,
        neighbours.filed_date as previous_filed_date,
        neighbours.closed_date as previous_closed_date,
        month_pairs.month_after_previous as first_month_elsewhere,
        month_pairs.period_month as last_month_elsewhere
    from neighbours
    inner join month_pairs
        on
            neighbours.court_code = month_pairs.court_code
            and neighbours.extract_month = month_pairs.previous_month
    where
        neighbours.is_pending = 1
        and not coalesce(neighbours.later_month = month_pairs.period_month and neighbours.later_is_opening = 1, false)
        and not coalesce(
            neighbours.later_month = month_pairs.period_month
            and neighbours.later_filed_date < month_pairs.period_month
            and neighbours.later_closed_date >= month_pairs.month_after_previous
            and neighbours.later_closed_date < month_pairs.period_month,
            false
        )
),

-- In this month's opening stock, not pending when the court last delivered; nor filed in months not delivered since.
gained as (
    select
        neighbours.case_id,
        neighbours.case_number,
        neighbours.court_code,
        month_pairs.period_month,
        month_pairs.previous_month,
        month_pairs.previous_month < month_pairs.month_before as is_after_a_gap,
        1 as flow_effect,
        coalesce(neighbours.earlier_month = month_pairs.previous_month, false) as is_in_both_months,
        neighbours.filed_date,
        neighbours.closed_date,
        case
            when neighbours.earlier_month = month_pairs.previous_month then neighbours.earlier_filed_date
        end as previous_filed_date,
        case
            when neighbours.earlier_month = month_pairs.previous_month then neighbours.earlier_closed_date
        end as previous_closed_date,
        month_pairs.previous_month as first_month_elsewhere,
        month_pairs.month_before as last_month_elsewhere
    from neighbours
    inner join month_pairs
        on
            neighbours.court_code = month_pairs.court_code
            and neighbours.extract_month = month_pairs.period_month
    where
        neighbours.is_opening = 1
        and not coalesce(
            neighbours.earlier_month = month_pairs.previous_month and neighbours.earlier_is_pending = 1, false
        )
        and (
            neighbours.filed_date < month_pairs.month_after_previous
            or coalesce(neighbours.earlier_month = month_pairs.previous_month, false)
        )
),

breaks as (
    select * from lost
    union all
    select * from gained
),

elsewhere as (
    select
        breaks.case_id,
        breaks.court_code,
        breaks.period_month,
        min(case_months.court_code) as other_court_code
    from breaks
    inner join case_months
        on
            breaks.case_id = case_months.case_id
            and breaks.court_code <> case_months.court_code
            and breaks.first_month_elsewhere <= case_months.extract_month
            and breaks.last_month_elsewhere >= case_months.extract_month
    group by breaks.case_id, breaks.court_code, breaks.period_month
),

final as (
    select
        breaks.case_id,
        breaks.case_number,
        breaks.court_code,
        breaks.period_month,
        breaks.previous_month,
        case
            when breaks.is_in_both_months and breaks.flow_effect = -1 and breaks.filed_date >= breaks.period_month
                then 'filed_date_moved'
            when breaks.is_in_both_months and breaks.flow_effect = -1 then 'closed_backdated'
            when breaks.is_in_both_months and breaks.previous_filed_date >= breaks.period_month
                then 'filed_date_moved'
            when breaks.is_in_both_months then 'reopened'
            when elsewhere.case_id is not null then 'court_changed'
            when breaks.flow_effect = -1 and breaks.is_after_a_gap then 'absent_after_gap'
            when breaks.flow_effect = -1 then 'absent_while_open'
            when case_spans.first_delivered_month = breaks.period_month then 'late_first_appearance'
            else 'reappeared'
        end as exception_code,
        breaks.flow_effect,
        elsewhere.other_court_code,
        breaks.filed_date,
        breaks.closed_date,
        breaks.previous_filed_date,
        breaks.previous_closed_date
    from breaks
    inner join case_spans
        on breaks.case_id = case_spans.case_id
    left join elsewhere
        on
            breaks.case_id = elsewhere.case_id
            and breaks.court_code = elsewhere.court_code
            and breaks.period_month = elsewhere.period_month
)

select * from final
