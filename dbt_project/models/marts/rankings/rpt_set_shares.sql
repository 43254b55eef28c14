with results as (
    select *
    from {{ ref('int_window_set_results') }}
    where scope_code = 'own'
),

courts as (
    select * from {{ ref('dim_courts') }}
),

sets as (
    select distinct
        set_code,
        required_court_ratio
    from {{ ref('dim_indicator_sets') }}
    where required_court_ratio is not null
),

counted as (
    select
        results.set_code,
        courts.province_code,
        results.window_code,
        results.period_month,
        sets.required_court_ratio,
        count(*) as court_count,
        sum(case when results.result_code in ('passed', 'failed', 'vetoed') then 1 else 0 end) as judged_count,
        sum(case when results.result_code = 'passed' then 1 else 0 end) as passed_count
    from results
    inner join sets
        on results.set_code = sets.set_code
    inner join courts
        on results.court_code = courts.court_code
    group by
        results.set_code, courts.province_code, results.window_code, results.period_month, sets.required_court_ratio
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
        cast(passed_count as double) / nullif(judged_count, 0) as passed_ratio,
        required_court_ratio,
        passed_count >= required_court_ratio * judged_count and judged_count > 0 as is_met
    from counted
)

select * from final
