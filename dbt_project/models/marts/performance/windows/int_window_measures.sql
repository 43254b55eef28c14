with court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

measures as (
    select * from {{ ref('dim_measures') }}
),

measure_parts as (
    select * from {{ ref('measure_parts') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

distinct_defaulters as (
    select * from {{ ref('int_window_distinct_defaulters') }}
),

asked as (
    select
        numerator_scope as case_scope,
        numerator_measure as measure_code
    from indicators
    where numerator_measure is not null
    union
    select
        denominator_scope as case_scope,
        denominator_measure as measure_code
    from indicators
    where denominator_measure is not null
    union
    select
        count_scope as case_scope,
        count_measure as measure_code
    from indicators
    where count_measure is not null
),

needed as (
    select
        asked.case_scope,
        asked.measure_code,
        coalesce(measure_parts.part_measure_code, asked.measure_code) as part_measure_code
    from asked
    left join measure_parts
        on asked.measure_code = measure_parts.measure_code
),

parts as (
    select distinct
        needed.case_scope,
        needed.part_measure_code,
        measures.window_rule
    from needed
    inner join measures
        on needed.part_measure_code = measures.measure_code
),

running as (
    select
        court_measures.court_code,
        court_measures.scope_code,
        court_measures.case_scope,
        court_measures.measure_code,
        parts.window_rule,
        courts.province_code,
        extract(year from court_measures.period_month) * 12
        + extract(month from court_measures.period_month) as month_number,
        court_measures.measure_value,
        court_measures.entering_value,
        court_measures.leaving_value,
        court_measures.courts_in_service,
        court_measures.courts_expected,
        court_measures.courts_delivered,
        sum(court_measures.measure_value) over to_date as running_value,
        sum(court_measures.entering_value) over to_date as running_entering,
        sum(court_measures.leaving_value) over to_date as running_leaving,
        sum(court_measures.courts_in_service) over to_date as running_in_service,
        sum(court_measures.courts_expected) over to_date as running_expected,
        sum(court_measures.courts_delivered) over to_date as running_delivered,
        sum(case when court_measures.courts_expected > 0 then 1 else 0 end) over to_date as running_months
    from court_measures
    inner join parts
        on
            court_measures.case_scope = parts.case_scope
            and court_measures.measure_code = parts.part_measure_code
    inner join courts
        on court_measures.court_code = courts.court_code
    window to_date as (
        partition by
            court_measures.court_code, court_measures.scope_code,
            court_measures.case_scope, court_measures.measure_code
        order by court_measures.period_month
        rows between unbounded preceding and current row
    )
),

windowed as (
    select
        ends.court_code,
        ends.scope_code,
        ends.case_scope,
        ends.measure_code,
        windows.window_code,
        windows.period_month,
        windows.months_expected,
        ends.running_months - openings.running_months
        + case when openings.courts_expected > 0 then 1 else 0 end as months_in_window,
        case
            -- Who comes into service within the window brings its stock along, and who leaves leaves its last one.
            when ends.window_rule = 'first'
                then openings.measure_value + ends.running_entering - openings.running_entering
            when ends.window_rule = 'last'
                then
                    ends.measure_value + ends.running_leaving - ends.leaving_value
                    - openings.running_leaving + openings.leaving_value
            when ends.window_rule = 'recompute' then coalesce(distinct_defaulters.measure_value, 0)
            else ends.running_value - openings.running_value + openings.measure_value
        end as measure_value,
        -- Whoever is out of service at the window's end has no stock there to be judged by.
        case
            when ends.courts_in_service = 0 then 0
            else ends.running_in_service - openings.running_in_service + openings.courts_in_service
        end as court_months_in_service,
        ends.running_expected - openings.running_expected + openings.courts_expected as deliveries_expected,
        ends.running_delivered - openings.running_delivered + openings.courts_delivered as deliveries_made
    from windows
    inner join running as ends
        on
            windows.province_code = ends.province_code
            and windows.end_month_number = ends.month_number
    inner join running as openings
        on
            windows.start_month_number = openings.month_number
            and ends.court_code = openings.court_code
            and ends.scope_code = openings.scope_code
            and ends.case_scope = openings.case_scope
            and ends.measure_code = openings.measure_code
    left join distinct_defaulters
        on
            ends.measure_code = 'distinct_defaulters'
            and ends.court_code = distinct_defaulters.court_code
            and ends.scope_code = distinct_defaulters.scope_code
            and windows.window_code = distinct_defaulters.window_code
            and windows.period_month = distinct_defaulters.period_month
),

final as (
    select
        windowed.court_code,
        windowed.scope_code,
        windowed.window_code,
        windowed.period_month,
        windowed.case_scope,
        needed.measure_code,
        cast(sum(windowed.measure_value) as decimal(24, 2)) as measure_value,
        cast(max(windowed.months_in_window) as integer) as months_in_window,
        cast(max(windowed.months_expected) as integer) as months_expected,
        cast(max(windowed.court_months_in_service) as integer) as court_months_in_service,
        cast(max(windowed.deliveries_expected) as integer) as deliveries_expected,
        cast(max(windowed.deliveries_expected - windowed.deliveries_made) as integer) as deliveries_missing
    from windowed
    inner join needed
        on
            windowed.case_scope = needed.case_scope
            and windowed.measure_code = needed.part_measure_code
    group by
        windowed.court_code, windowed.scope_code, windowed.window_code,
        windowed.period_month, windowed.case_scope, needed.measure_code
)

select * from final
