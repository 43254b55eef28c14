with derived_indicators as (
    select * from {{ ref('derived_indicators') }}
),

final as (
    select
        indicator_code,
        minuend_code,
        subtrahend_code
    from derived_indicators
)

select * from final
