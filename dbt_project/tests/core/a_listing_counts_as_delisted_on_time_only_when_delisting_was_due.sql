select
    listing_id,
    is_due_delisting,
    is_on_time_delisting
from {{ ref('fct_defaulter_listings') }}
where is_on_time_delisting > is_due_delisting
