with rectifications as (
    select * from {{ ref('fct_rectifications') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

judged_values as (
    select
        court_code,
        period_month,
        indicator_code,
        value,
        status,
        rank,
        ranked_count
    from {{ ref('fct_published_values') }}
    where
        scope_code = 'own'
        and window_code = 'rolling_12m'
        and is_in_force
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
