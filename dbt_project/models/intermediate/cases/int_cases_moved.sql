{{ config(materialized='table') }}

with cases as (
    select * from {{ ref('stg_cases__cases') }}
),

crossings as (
    select
        cross_enforcements.*,
        coalesce(
            {{ stated_case_number('cross_enforcements.new_case_number') }}, cross_enforcements.case_number
        ) as number_at_new_court
    from {{ ref('int_cross_enforcements_deduplicated') }} as cross_enforcements
    inner join {{ ref('cross_kinds') }} as cross_kinds
        on cross_enforcements.cross_kind = cross_kinds.cross_kind
    where
        cross_kinds.moves_case
        and cross_enforcements.to_court_code <> cross_enforcements.court_code
),

places as (
    select
        cross_id,
        'former' as place,
        court_code,
        case_number
    from crossings
    union all
    select
        cross_id,
        'new' as place,
        to_court_code as court_code,
        number_at_new_court as case_number
    from crossings
),

-- The case as each of the two courts delivered it last.
found as (
    select
        places.cross_id,
        places.place,
        cases.case_id,
        cases.filed_date,
        cases.closed_date,
        cases.closing_mode,
        row_number() over (
            partition by places.cross_id, places.place
            order by cases.extract_month desc, cases._delivery_id desc, cases._row_number desc
        ) as version_number
    from places
    inner join cases
        on
            places.court_code = cases.court_code
            and places.case_number = cases.case_number
),

-- A new number is taken over when it is filed; a number that is kept, when it is handed over. What was closed before
-- for a reason of its own is not moved.
matched as (
    select
        crossings.cross_id,
        crossings.court_code as from_court_code,
        crossings.to_court_code,
        former.case_id as former_case_id,
        taken_over.case_id as to_case_id,
        former.case_id = taken_over.case_id as is_same_case,
        case
            when former.case_id <> taken_over.case_id then taken_over.filed_date
            else coalesce(crossings.moved_date, crossings.decided_date)
        end as moved_date,
        former.filed_date as former_filed_date,
        taken_over.closed_date as later_closed_date
    from crossings
    inner join found as former
        on
            crossings.cross_id = former.cross_id
            and former.place = 'former'
            and former.version_number = 1
    inner join found as taken_over
        on
            crossings.cross_id = taken_over.cross_id
            and taken_over.place = 'new'
            and taken_over.version_number = 1
    where
        (former.case_id = taken_over.case_id or taken_over.filed_date >= crossings.decided_date)
        and (
            former.closed_date is null
            or (former.closing_mode in ('终结执行', '销案') and former.closed_date >= crossings.decided_date)
            or former.case_id = taken_over.case_id
        )
),

numbered as (
    select
        *,
        row_number() over (partition by former_case_id order by moved_date, cross_id) as leaving_number,
        row_number() over (partition by to_case_id order by moved_date, cross_id) as coming_number
    from matched
    where
        former_filed_date <= moved_date
        and coalesce(later_closed_date, moved_date) >= moved_date
),

final as (
    select
        cross_id,
        from_court_code,
        to_court_code,
        case when is_same_case then to_case_id || '@' || from_court_code else former_case_id end as from_case_id,
        to_case_id,
        is_same_case,
        moved_date,
        cast({{ dbt.date_trunc('month', 'moved_date') }} as date) as moved_month
    from numbered
    where
        leaving_number = 1
        and coming_number = 1
)

select * from final
