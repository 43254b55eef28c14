with nodes as (
    select * from {{ ref('stg_cases__nodes') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by case_id, node_code, started_at
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from nodes
),

final as (
    select
        case_id,
        court_code,
        node_code,
        started_at,
        due_at,
        ended_at,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
