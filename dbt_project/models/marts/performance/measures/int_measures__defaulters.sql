with records as (
    select * from {{ ref('fct_defaulter_listings') }}
),

final as (
    {{ summed_by_month('listed_defaulters', 'published_month', 'listing_one') }}
    union all
    {{ summed_by_month('due_delistings', 'delisting_due_month', 'is_due_delisting') }}
    union all
    {{ summed_by_month('on_time_delistings', 'delisting_due_month', 'is_on_time_delisting') }}
)

select * from final
