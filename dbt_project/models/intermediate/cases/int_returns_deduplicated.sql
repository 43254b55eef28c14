with returns as (
    select * from {{ ref('stg_cases__returns') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by court_code, extract_month, item_code
            order by
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from returns
),

final as (
    select
        court_code,
        item_code,
        reported_value,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
