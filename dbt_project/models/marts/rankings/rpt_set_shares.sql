with results as (
    select *
    from {{ ref('int_window_set_results') }}
    where scope_code = 'own'
),

served as (
    select
        court_code,
        province_code,
        period_month
    from {{ ref('int_court_months') }}
    where is_in_service
),

sets as (
    select distinct
        set_code,
        required_court_ratio
    from {{ ref('dim_indicator_sets') }}
    where required_court_ratio is not null
),

-- One threshold that is missed fails a court, and all are needed to pass it: a share of courts with either result would
-- hold every court that fails and few that pass. Of a share are therefore those courts alone that all thresholds judge.
counted as (
    select
        results.set_code,
        served.province_code,
        results.window_code,
        results.period_month,
        sets.required_court_ratio,
        count(*) as court_count,
        sum(
            case
                when results.passed_threshold_count + results.failed_threshold_count = results.threshold_count then 1
                else 0
            end
        ) as judged_count,
        sum(case when results.result_code = 'passed' then 1 else 0 end) as passed_count,
        sum(case when results.failed_threshold_count > 0 then 1 else 0 end) as failed_count
    from results
    inner join sets
        on results.set_code = sets.set_code
    inner join served
        on
            results.court_code = served.court_code
            and results.period_month = served.period_month
    group by
        results.set_code, served.province_code, results.window_code, results.period_month, sets.required_court_ratio
),

final as (
    select
        set_code,
        province_code,
        window_code,
        period_month,
        cast(court_count as bigint) as court_count,
        cast(judged_count as bigint) as judged_count,
        cast(passed_count as bigint) as passed_count,
        cast(failed_count as bigint) as failed_count,
        cast(passed_count as double) / nullif(judged_count, 0) as passed_ratio,
        required_court_ratio,
        case
            when passed_count >= required_court_ratio * court_count then true
            when court_count - failed_count < required_court_ratio * court_count then false
        end as is_met
    from counted
)

select * from final
