with records as (
    select * from {{ ref('fct_defaulter_listings') }}
),

final as (
    select
        court_code,
        published_month as period_month,
        'not_case_based' as case_scope,
        'listed_defaulters' as measure_code,
        cast(sum(listing_one) as decimal(24, 2)) as measure_value
    from records
    where published_month is not null
    group by court_code, published_month
    union all
    select
        court_code,
        delisting_due_month as period_month,
        'not_case_based' as case_scope,
        'due_delistings' as measure_code,
        cast(sum(is_due_delisting) as decimal(24, 2)) as measure_value
    from records
    where delisting_due_month is not null
    group by court_code, delisting_due_month
    union all
    select
        court_code,
        delisting_due_month as period_month,
        'not_case_based' as case_scope,
        'on_time_delistings' as measure_code,
        cast(sum(is_on_time_delisting) as decimal(24, 2)) as measure_value
    from records
    where delisting_due_month is not null
    group by court_code, delisting_due_month
)

select * from final
