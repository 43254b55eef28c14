with court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

flow_stages as (
    select * from {{ ref('case_flow_stages') }}
),

running as (
    select
        court_measures.court_code,
        court_measures.scope_code,
        court_measures.case_scope,
        court_measures.measure_code,
        courts.province_code,
        extract(year from court_measures.period_month) * 12
        + extract(month from court_measures.period_month) as month_number,
        court_measures.measure_value,
        court_measures.leaving_value,
        sum(court_measures.entering_value) over to_date as running_entering,
        sum(court_measures.leaving_value) over to_date as running_leaving,
        sum(court_measures.measure_value) over to_date as running_value
    from court_measures
    inner join courts
        on court_measures.court_code = courts.court_code
    where
        court_measures.case_scope in ('first_enforcement', 'resumed_enforcement', 'implementation')
        and court_measures.measure_code in (select flow_stages.measure_code from flow_stages)
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
        windows.window_code,
        windows.period_month,
        ends.measure_code,
        openings.measure_value + ends.running_entering - openings.running_entering as first_value,
        ends.measure_value + ends.running_leaving - ends.leaving_value
        - openings.running_leaving + openings.leaving_value as last_value,
        ends.running_value - openings.running_value + openings.measure_value as sum_value
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
),

final as (
    select
        windowed.court_code,
        windowed.scope_code,
        windowed.case_scope,
        windowed.window_code,
        windowed.period_month,
        flow_stages.stage_code,
        flow_stages.lens,
        cast(flow_stages.flow_effect as integer) as flow_effect,
        cast(
            sum(
                flow_stages.part_sign * case flow_stages.window_rule
                    when 'first' then windowed.first_value
                    when 'last' then windowed.last_value
                    else windowed.sum_value
                end
            ) as bigint
        ) as case_count,
        cast(min(flow_stages.sort_order) as integer) as sort_order
    from windowed
    inner join flow_stages
        on windowed.measure_code = flow_stages.measure_code
    group by
        windowed.court_code, windowed.scope_code, windowed.case_scope, windowed.window_code,
        windowed.period_month, flow_stages.stage_code, flow_stages.lens, flow_stages.flow_effect
    having
        flow_stages.stage_code <> 'moved'
        or sum(flow_stages.part_sign * windowed.sum_value) <> 0
)

select * from final
