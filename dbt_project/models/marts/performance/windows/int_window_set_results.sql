with sets as (
    select * from {{ ref('dim_indicator_sets') }}
),

windows as (
    select * from {{ ref('dim_windows') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
    where is_in_force
),

court_intervals as (
    select * from {{ ref('fct_court_intervals') }}
),

items as (
    select
        sets.set_code,
        sets.item_number,
        sets.indicator_code,
        sets.target_value,
        sets.is_veto,
        sets.valid_from,
        sets.valid_to,
        windows.window_code,
        -- A threshold that is set for one window is judged by that window, whichever window is looked at.
        coalesce(sets.target_window, windows.window_code) as judged_window
    from sets
    cross join windows
),

sizes as (
    select
        set_code,
        count(*) as item_count,
        sum(case when target_value is not null then 1 else 0 end) as threshold_count
    from sets
    group by set_code
),

matched as (
    select
        items.set_code,
        items.window_code,
        items.is_veto,
        items.target_value,
        court_indicators.court_code,
        court_indicators.scope_code,
        court_indicators.period_month,
        court_indicators.status,
        court_intervals.judged_status,
        court_intervals.value_low,
        court_intervals.value_high,
        indicators.direction = 'lower' as is_lower_better,
        coalesce(court_intervals.is_concentrated, false) as is_concentrated,
        case
            when court_indicators.status in ('too_few', 'not_applicable', 'not_delivered', 'not_in_service') then null
            else court_indicators.value
        end as judged_value,
        court_intervals.value_without_largest
    from items
    inner join court_indicators
        on
            items.indicator_code = court_indicators.indicator_code
            and items.judged_window = court_indicators.window_code
            and items.valid_from <= court_indicators.period_month
            and court_indicators.period_month <= coalesce(items.valid_to, court_indicators.period_month)
    inner join indicators
        on
            court_indicators.indicator_code = indicators.indicator_code
            and court_indicators.definition_version = indicators.definition_version
    left join court_intervals
        on
            court_indicators.court_code = court_intervals.court_code
            and court_indicators.scope_code = court_intervals.scope_code
            and court_indicators.window_code = court_intervals.window_code
            and court_indicators.period_month = court_intervals.period_month
            and court_indicators.indicator_code = court_intervals.indicator_code
            and court_indicators.definition_version = court_intervals.definition_version
),

-- Which side of its threshold a value is on, the nearer end of its interval, and the value without its largest record.
sided as (
    select
        *,
        case when is_lower_better then judged_value <= target_value else judged_value >= target_value end as is_reached,
        case when is_lower_better then value_low <= target_value else value_high >= target_value end as is_within,
        case
            when is_lower_better then value_without_largest <= target_value
            else value_without_largest >= target_value
        end as is_reached_without
    from matched
),

-- As a target: missed only where the interval leaves the threshold out, and on one side only with and without the
-- largest record where ten records carry the sum.
judged as (
    select
        *,
        case
            when is_reached is null then null
            when is_concentrated and (is_reached_without is null or is_reached_without <> is_reached) then null
            when not is_reached and is_within then null
            else is_reached
        end as is_passed,
        coalesce(judged_status, status) as said_status
    from sided
),

counted as (
    select
        set_code,
        court_code,
        scope_code,
        window_code,
        period_month,
        sum(case when said_status = 'met' then 1 else 0 end) as met_count,
        sum(case when said_status = 'above' then 1 else 0 end) as above_count,
        sum(case when said_status = 'below' then 1 else 0 end) as below_count,
        sum(case when said_status = 'no_target' then 1 else 0 end) as no_target_count,
        sum(case when is_passed then 1 else 0 end) as passed_threshold_count,
        sum(case when not is_passed then 1 else 0 end) as failed_threshold_count,
        sum(case when is_veto and not is_passed then 1 else 0 end) as vetoed_count
    from judged
    group by set_code, court_code, scope_code, window_code, period_month
),

final as (
    select
        counted.set_code,
        counted.court_code,
        counted.scope_code,
        counted.window_code,
        counted.period_month,
        cast(sizes.item_count as integer) as item_count,
        cast(counted.met_count as integer) as met_count,
        cast(counted.above_count as integer) as above_count,
        cast(counted.below_count as integer) as below_count,
        cast(counted.no_target_count as integer) as no_target_count,
        cast(
            sizes.item_count - counted.met_count - counted.above_count - counted.below_count - counted.no_target_count
            as integer
        ) as not_judged_count,
        cast(sizes.threshold_count as integer) as threshold_count,
        cast(counted.passed_threshold_count as integer) as passed_threshold_count,
        cast(counted.failed_threshold_count as integer) as failed_threshold_count,
        cast(counted.vetoed_count as integer) as vetoed_count,
        case
            when sizes.threshold_count = 0 then 'no_threshold'
            when counted.vetoed_count > 0 then 'vetoed'
            when counted.failed_threshold_count > 0 then 'failed'
            when counted.passed_threshold_count < sizes.threshold_count then 'not_judged'
            else 'passed'
        end as result_code
    from counted
    inner join sizes
        on counted.set_code = sizes.set_code
)

select * from final
