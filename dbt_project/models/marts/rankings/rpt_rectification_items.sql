with rectifications as (
    select * from {{ ref('fct_rectifications') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

intervals as (
    select * from {{ ref('fct_court_intervals') }}
),

-- A target is missed here where it is missed on every page: not within the interval, nor by one record alone.
judged_values as (
    select
        published.court_code,
        published.period_month,
        published.indicator_code,
        published.value,
        coalesce(intervals.judged_status, published.status) as status,
        published.rank
    from {{ ref('fct_published_values') }} as published
    left join intervals
        on
            published.court_code = intervals.court_code
            and published.scope_code = intervals.scope_code
            and published.window_code = intervals.window_code
            and published.period_month = intervals.period_month
            and published.indicator_code = intervals.indicator_code
            and published.definition_version = intervals.definition_version
    where
        published.scope_code = 'own'
        and published.window_code = 'rolling_12m'
        and published.is_in_force
),

final as (
    select
        rectifications.item_id,
        rectifications.court_code,
        rectifications.problem_class,
        coalesce(rectifications.found_by, '未注明') as found_by,
        rectifications.found_date,
        rectifications.found_month,
        rectifications.due_date,
        rectifications.written_off_date,
        case
            when rectifications.written_off_date is null and rectifications.due_date < months.next_month then 'overdue'
            when rectifications.written_off_date is null then 'open'
            when rectifications.written_off_date > rectifications.due_date then 'written_off_late'
            else 'written_off'
        end as item_status,
        rectifications.indicator_code,
        found_values.value as found_value,
        found_values.status as found_status,
        found_values.rank as found_rank,
        last_values.value as last_value,
        last_values.status as last_status,
        last_values.rank as last_rank,
        last_values.value - found_values.value as value_change
    from rectifications
    inner join months
        on months.is_last
    left join judged_values as found_values
        on
            rectifications.court_code = found_values.court_code
            and rectifications.indicator_code = found_values.indicator_code
            and rectifications.found_month = found_values.period_month
    left join judged_values as last_values
        on
            rectifications.court_code = last_values.court_code
            and rectifications.indicator_code = last_values.indicator_code
            and months.period_month = last_values.period_month
)

select * from final
