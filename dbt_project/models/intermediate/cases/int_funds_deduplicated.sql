with funds as (
    select * from {{ ref('stg_cases__funds') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by fund_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from funds
),

final as (
    select
        fund_id,
        case_id,
        court_code,
        received_date,
        received_amount,
        paid_date,
        paid_amount,
        deferral_approved,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
