with requests as (
    select * from {{ ref('stg_linkage__requests') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by request_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from requests
),

final as (
    select
        request_id,
        case_id,
        case_number,
        case_number_raw,
        case_number_status,
        court_code,
        channel,
        unit_type,
        matter,
        sent_at,
        due_at,
        feedback_at,
        result,
        controlled_amount,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
