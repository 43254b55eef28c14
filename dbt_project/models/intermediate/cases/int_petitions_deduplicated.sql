with petitions as (
    select * from {{ ref('stg_cases__petitions') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by petition_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from petitions
),

final as (
    select
        petition_id,
        court_code,
        case_number,
        case_number_raw,
        case_number_status,
        assigned_date,
        due_date,
        resolved_date,
        source,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
