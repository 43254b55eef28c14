with nodes as (
    select * from {{ ref('int_nodes_deduplicated') }}
),

final as (
    select
        nodes.case_id,
        nodes.court_code,
        nodes.node_code,
        nodes.started_at,
        nodes.due_at,
        nodes.ended_at,
        nodes.extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'nodes.started_at') }} as date) as started_month,
        cast({{ dbt.date_trunc('month', 'nodes.due_at') }} as date) as due_month,
        1 as node_one,
        case when nodes.ended_at is not null then 1 else 0 end as is_ended,
        case
            when nodes.ended_at <= nodes.due_at then 1
            when
                nodes.due_at = {{ dbt.date_trunc('day', 'nodes.due_at') }}
                and nodes.ended_at < {{ dbt.dateadd('day', 1, 'nodes.due_at') }}
                then 1
            else 0
        end as is_on_time
    from nodes
)

select * from final
