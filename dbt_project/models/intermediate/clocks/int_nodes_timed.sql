with nodes as (
    select * from {{ ref('int_nodes_deduplicated') }}
),

-- A term of a measure (seizure, freeze) runs out on its day, day off or not.
by_rule as (
    {{
        falling_due(
            'nodes', 'started_at', 'due_by_rule_at', limit_column='node_code', kind='timestamp',
            rolls="limits.rule_kind <> 'term'", carrying=['rule_kind']
        )
    }}
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
