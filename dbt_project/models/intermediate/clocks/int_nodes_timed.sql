with nodes as (
    select * from {{ ref('int_nodes_deduplicated') }}
),

limits as (
    select
        node_code,
        rule_kind,
        limit_unit,
        valid_from,
        valid_to,
        case
            when limit_unit in ('day', 'month', 'year', 'workday', 'hour') and limit_value not like '%-%'
                then cast(limit_value as integer)
        end as limit_count
    from {{ ref('node_limits') }}
),

calendar as (
    select * from {{ ref('int_working_days_numbered') }}
),

working_days as (
    select
        day,
        working_day_number
    from calendar
    where is_working_day
),

unrolled as (
    select
        nodes.*,
        limits.rule_kind,
        limits.limit_unit,
        limits.limit_count,
        cast(nodes.started_at as date) as started_day,
        cast(
            case limits.limit_unit
                when 'day' then {{ dbt.dateadd('day', 'limits.limit_count', 'nodes.started_at') }}
                when 'month' then {{ dbt.dateadd('month', 'limits.limit_count', 'nodes.started_at') }}
                when 'year' then {{ dbt.dateadd('year', 'limits.limit_count', 'nodes.started_at') }}
            end as date
        ) as nominal_day
    from nodes
    left join limits
        on
            nodes.node_code = limits.node_code
            and coalesce(limits.valid_from, nodes.started_at) <= nodes.started_at
            and cast(nodes.started_at as date) <= coalesce(limits.valid_to, cast(nodes.started_at as date))
),

by_rule as (
    select
        unrolled.*,
        case
            when unrolled.limit_unit = 'hour'
                then {{ dbt.dateadd('hour', 'unrolled.limit_count', 'unrolled.started_at') }}
            when unrolled.limit_unit = 'workday' then cast(working_days.day as timestamp)
            -- A term of a measure (seizure, freeze) runs out on its day, day off or not.
            when unrolled.rule_kind = 'term' then cast(unrolled.nominal_day as timestamp)
            else cast(coalesce(nominal_days.next_working_day, unrolled.nominal_day) as timestamp)
        end as due_by_rule_at
    from unrolled
    left join calendar as nominal_days
        on unrolled.nominal_day = nominal_days.day
    left join calendar as started_days
        on unrolled.started_day = started_days.day
    left join working_days
        on started_days.working_day_number + unrolled.limit_count = working_days.working_day_number
),

final as (
    select
        case_id,
        court_code,
        node_code,
        rule_kind,
        started_at,
        due_at,
        due_by_rule_at,
        ended_at,
        extract_month,
        case
            when rule_kind in ('deduction', 'extension') then null
            else coalesce(due_at, due_by_rule_at)
        end as judged_due_at
    from by_rule
)

select * from final
