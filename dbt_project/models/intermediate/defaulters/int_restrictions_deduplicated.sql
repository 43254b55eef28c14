with restrictions as (
    select * from {{ ref('stg_defaulters__restrictions') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by restriction_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from restrictions
),

final as (
    select
        restriction_id,
        case_number,
        case_number_raw,
        case_number_status,
        court_code,
        person_hash,
        issued_date,
        lifted_date,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
