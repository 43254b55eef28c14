with records as (
    select * from {{ ref('fct_restrictions') }}
),

final as (
    select
        court_code,
        issued_month as period_month,
        'not_case_based' as case_scope,
        'restrictions_issued' as measure_code,
        cast(sum(restriction_one) as decimal(24, 2)) as measure_value
    from records
    where issued_month is not null
    group by court_code, issued_month
)

select * from final
