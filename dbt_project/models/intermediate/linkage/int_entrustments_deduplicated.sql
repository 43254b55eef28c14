with entrustments as (
    select * from {{ ref('stg_linkage__entrustments') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by entrustment_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from entrustments
),

final as (
    select
        entrustment_id,
        entrusting_court_code,
        court_code,
        matter,
        accepted_at,
        due_at,
        completed_at,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
