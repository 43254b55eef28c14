with records as (
    select * from {{ ref('fct_auction_lots') }}
),

final as (
    select
        court_code,
        ended_month as period_month,
        'not_case_based' as case_scope,
        'ended_lots' as measure_code,
        cast(sum(is_ended) as decimal(24, 2)) as measure_value
    from records
    where ended_month is not null
    group by court_code, ended_month
    union all
    select
        court_code,
        ended_month as period_month,
        'not_case_based' as case_scope,
        'sold_lots' as measure_code,
        cast(sum(is_sold) as decimal(24, 2)) as measure_value
    from records
    where ended_month is not null
    group by court_code, ended_month
)

select * from final
