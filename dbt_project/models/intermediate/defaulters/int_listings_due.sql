with listings as (
    select * from {{ ref('int_listings_deduplicated') }}
),

calendar as (
    select * from {{ ref('int_working_days_numbered') }}
),

working_days as (
    select
        day,
        working_day_number
    from calendar
    where is_working_day
),

final as (
    select
        listings.listing_id,
        listings.case_number,
        listings.case_number_raw,
        listings.case_number_status,
        listings.court_code,
        listings.person_hash,
        listings.party_kind,
        listings.ground,
        listings.published_date,
        listings.term_end_date,
        listings.deletion_trigger,
        listings.deletion_trigger_date,
        listings.delisted_date,
        listings.corrected_flag,
        listings.extract_month,
        working_days.day as delisting_due_date
    from listings
    left join calendar
        on listings.deletion_trigger_date = calendar.day
    left join working_days
        on calendar.working_day_number + 3 = working_days.working_day_number
)

select * from final
