with nodes as (
    select * from {{ ref('int_nodes_timed') }}
),

cases as (
    select
        case_id,
        case_number,
        case_type
    from {{ ref('int_cases_deduplicated') }}
),

node_sets as (
    select
        node_code,
        max(case when node_set = 'key' then 1 else 0 end) as is_key,
        max(case when node_set = 'key_and_local' then 1 else 0 end) as is_key_or_local
    from {{ ref('node_sets') }}
    group by node_code
),

judged as (
    select
        nodes.*,
        cases.case_number,
        cases.case_type,
        coalesce(node_sets.is_key, 0) as is_key,
        coalesce(node_sets.is_key_or_local, 0) as is_key_or_local,
        case
            when nodes.ended_at <= nodes.judged_due_at then 1
            when
                nodes.judged_due_at = {{ dbt.date_trunc('day', 'nodes.judged_due_at') }}
                and nodes.ended_at < {{ dbt.dateadd('day', 1, 'nodes.judged_due_at') }}
                then 1
            else 0
        end as is_on_time
    from nodes
    left join cases
        on nodes.case_id = cases.case_id
    left join node_sets
        on nodes.node_code = node_sets.node_code
),

dated as (
    select
        *,
        cast({{ dbt.date_trunc('month', 'judged_due_at') }} as date) as due_month,
        cast({{ dbt.date_trunc('month', 'ended_at') }} as date) as ended_month,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', 1, 'judged_due_at')) }} as date) as passed_month,
        case when judged_due_at is not null and is_on_time = 0 then 1 else 0 end as is_overdue
    from judged
),

final as (
    select
        case_id,
        case_number,
        court_code,
        case_type,
        node_code,
        node_code || '|' || case_id || '|' || cast(started_at as {{ dbt.type_string() }}) as node_key,
        started_at,
        due_at,
        due_by_rule_at,
        judged_due_at,
        ended_at,
        extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'started_at') }} as date) as started_month,
        due_month,
        ended_month,
        case when is_overdue = 1 then passed_month end as overdue_month,
        case
            when
                node_code in ('N42', 'N43', 'N44')
                and is_overdue = 1
                and (ended_month is null or ended_month > passed_month)
                then passed_month
        end as lapsed_from_month,
        1 as node_one,
        case when ended_at is not null then 1 else 0 end as is_ended,
        is_on_time,
        is_overdue,
        case when case_type = '执' then is_key * is_overdue else 0 end as is_overdue_key_node,
        case when case_type = '执' then is_key_or_local * is_overdue else 0 end as is_overdue_key_or_local_node,
        case when node_code = 'N07' and judged_due_at is not null then 1 else 0 end as is_clue_due,
        case when node_code = 'N07' then is_on_time else 0 end as is_clue_on_time,
        case when node_code = 'N52' and judged_due_at is not null then 1 else 0 end as is_file_due,
        case when node_code = 'N52' then is_on_time else 0 end as is_file_on_time,
        case when node_code in ('N42', 'N43', 'N44') then 1 else 0 end as is_seizure
    from dated
)

select * from final
