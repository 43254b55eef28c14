with records as (
    select * from {{ ref('fct_restrictions') }}
),

final as (
    {{ summed_by_month('restrictions_issued', 'issued_month', 'restriction_one') }}
)

select * from final
