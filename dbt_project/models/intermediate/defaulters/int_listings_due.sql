with listings as (
    select * from {{ ref('int_listings_deduplicated') }}
),

final as (
    {{ falling_due('listings', 'deletion_trigger_date', 'delisting_due_date', limit_code='N32') }}
)

select * from final
