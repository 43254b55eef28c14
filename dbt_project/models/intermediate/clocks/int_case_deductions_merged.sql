with nodes as (
    select * from {{ ref('int_nodes_deduplicated') }}
),

deductions as (
    select distinct limit_code as node_code
    from {{ ref('int_limits_known') }}
    where rule_kind = 'deduction'
),

cases as (
    select
        case_id,
        filed_date,
        coalesce(
            closed_date, cast({{ dbt.dateadd('month', 1, 'extract_month') }} as date)
        ) as last_day
    from {{ ref('int_cases_deduplicated') }}
),

delivered as (
    select
        nodes.case_id,
        cases.filed_date,
        cases.last_day,
        cast(nodes.started_at as date) as delivered_from,
        coalesce(cast(nodes.ended_at as date), cases.last_day) as delivered_to
    from nodes
    inner join deductions
        on nodes.node_code = deductions.node_code
    inner join cases
        on nodes.case_id = cases.case_id
),

clipped as (
    select
        case_id,
        case when delivered_from < filed_date then filed_date else delivered_from end as deducted_from,
        case when delivered_to > last_day then last_day else delivered_to end as deducted_to,
        case when delivered_from < filed_date or delivered_to > last_day then 1 else 0 end as is_clipped
    from delivered
),

inside as (
    select
        *,
        max(deducted_to) over (
            partition by case_id
            order by deducted_from, deducted_to
            rows between unbounded preceding and 1 preceding
        ) as reached_to
    from clipped
    where deducted_from < deducted_to
),

numbered as (
    select
        *,
        sum(case when reached_to is null or deducted_from > reached_to then 1 else 0 end) over (
            partition by case_id
            order by deducted_from, deducted_to
            rows between unbounded preceding and current row
        ) as stretch_number
    from inside
),

stretches as (
    select
        case_id,
        stretch_number,
        min(deducted_from) as deducted_from,
        max(deducted_to) as deducted_to,
        max(is_clipped) as is_clipped
    from numbered
    group by case_id, stretch_number
),

final as (
    select
        case_id,
        deducted_from,
        deducted_to,
        is_clipped,
        cast({{ dbt.datediff('deducted_from', 'deducted_to', 'day') }} as integer) as deducted_days
    from stretches
)

select * from final
