with case_months as (
    select * from {{ ref('int_case_months_delivered') }}
),

case_spans as (
    select * from {{ ref('int_case_spans_delivered') }}
),

court_months as (
    select distinct
        court_code,
        extract_month
    from case_months
),

month_pairs as (
    select
        later.court_code,
        earlier.extract_month as previous_month,
        later.extract_month as period_month
    from court_months as later
    inner join court_months as earlier
        on
            later.court_code = earlier.court_code
            and later.extract_month = cast({{ dbt.dateadd('month', 1, 'earlier.extract_month') }} as date)
),

pending as (
    select
        case_months.case_id,
        case_months.court_code,
        month_pairs.period_month
    from case_months
    inner join month_pairs
        on
            case_months.court_code = month_pairs.court_code
            and case_months.extract_month = month_pairs.previous_month
    where case_months.is_pending = 1
),

opening as (
    select
        case_months.case_id,
        case_months.court_code,
        month_pairs.period_month
    from case_months
    inner join month_pairs
        on
            case_months.court_code = month_pairs.court_code
            and case_months.extract_month = month_pairs.period_month
    where case_months.is_opening = 1
),

mismatched as (
    select
        coalesce(opening.case_id, pending.case_id) as case_id,
        coalesce(opening.court_code, pending.court_code) as court_code,
        coalesce(opening.period_month, pending.period_month) as period_month,
        case when opening.case_id is null then -1 else 1 end as flow_effect
    from pending
    full outer join opening
        on
            pending.case_id = opening.case_id
            and pending.court_code = opening.court_code
            and pending.period_month = opening.period_month
    where
        pending.case_id is null
        or opening.case_id is null
),

surrounded as (
    select
        mismatched.case_id,
        coalesce(in_this_month.case_number, in_previous_month.case_number) as case_number,
        mismatched.court_code,
        mismatched.period_month,
        month_pairs.previous_month,
        mismatched.flow_effect,
        in_this_month.case_id is not null as is_here,
        in_previous_month.case_id is not null as was_here,
        in_this_month.filed_date,
        in_this_month.closed_date,
        in_previous_month.filed_date as previous_filed_date,
        in_previous_month.closed_date as previous_closed_date,
        case_spans.first_delivered_month
    from mismatched
    inner join month_pairs
        on
            mismatched.court_code = month_pairs.court_code
            and mismatched.period_month = month_pairs.period_month
    inner join case_spans
        on mismatched.case_id = case_spans.case_id
    left join case_months as in_this_month
        on
            mismatched.case_id = in_this_month.case_id
            and mismatched.court_code = in_this_month.court_code
            and mismatched.period_month = in_this_month.extract_month
    left join case_months as in_previous_month
        on
            mismatched.case_id = in_previous_month.case_id
            and mismatched.court_code = in_previous_month.court_code
            and month_pairs.previous_month = in_previous_month.extract_month
),

elsewhere as (
    select
        surrounded.case_id,
        surrounded.court_code,
        surrounded.period_month,
        min(case_months.court_code) as other_court_code
    from surrounded
    inner join case_months
        on
            surrounded.case_id = case_months.case_id
            and surrounded.court_code <> case_months.court_code
            and case_months.extract_month
            = case when surrounded.flow_effect = -1 then surrounded.period_month else surrounded.previous_month end
    group by surrounded.case_id, surrounded.court_code, surrounded.period_month
),

final as (
    select
        surrounded.case_id,
        surrounded.case_number,
        surrounded.court_code,
        surrounded.period_month,
        surrounded.previous_month,
        case
            when surrounded.flow_effect = -1 and surrounded.is_here and surrounded.filed_date >= surrounded.period_month
                then 'filed_date_moved'
            when surrounded.flow_effect = -1 and surrounded.is_here then 'closed_backdated'
            when surrounded.flow_effect = -1 and elsewhere.case_id is not null then 'court_changed'
            when surrounded.flow_effect = -1 then 'absent_while_open'
            when surrounded.was_here and surrounded.previous_filed_date >= surrounded.period_month
                then 'filed_date_moved'
            when surrounded.was_here then 'reopened'
            when elsewhere.case_id is not null then 'court_changed'
            when surrounded.first_delivered_month = surrounded.period_month then 'late_first_appearance'
            else 'reappeared'
        end as exception_code,
        surrounded.flow_effect,
        elsewhere.other_court_code,
        surrounded.filed_date,
        surrounded.closed_date,
        surrounded.previous_filed_date,
        surrounded.previous_closed_date
    from surrounded
    left join elsewhere
        on
            surrounded.case_id = elsewhere.case_id
            and surrounded.court_code = elsewhere.court_code
            and surrounded.period_month = elsewhere.period_month
)

select * from final
