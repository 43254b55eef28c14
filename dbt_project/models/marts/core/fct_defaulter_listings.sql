with listings as (
    select * from {{ ref('int_listings_due') }}
),

persons as (
    select * from {{ ref('int_persons_keyed') }}
),

final as (
    select
        listings.listing_id,
        listings.case_number,
        listings.case_number_raw,
        listings.case_number_status,
        listings.court_code,
        listings.party_kind,
        listings.ground,
        listings.published_date,
        listings.term_end_date,
        listings.deletion_trigger,
        listings.deletion_trigger_date,
        listings.delisted_date,
        listings.corrected_flag,
        listings.sanction_grade,
        listings.grace_from_date,
        listings.grace_to_date,
        listings.single_release_count,
        listings.extract_month as last_delivered_month,
        persons.person_key,
        cast({{ dbt.date_trunc('month', 'listings.published_date') }} as date) as published_month,
        listings.delisting_due_date,
        cast({{ dbt.date_trunc('month', 'listings.delisting_due_date') }} as date) as delisting_due_month,
        cast({{ dbt.date_trunc('month', 'listings.delisted_date') }} as date) as delisted_month,
        1 as listing_one,
        case when listings.delisting_due_date is not null then 1 else 0 end as is_due_delisting,
        case when listings.delisted_date <= listings.delisting_due_date then 1 else 0 end as is_on_time_delisting,
        listings.statutory_due_date,
        cast({{ dbt.date_trunc('month', 'listings.statutory_due_date') }} as date) as statutory_due_month,
        case when listings.statutory_due_date is not null then 1 else 0 end as is_due_by_law,
        case when listings.delisted_date <= listings.statutory_due_date then 1 else 0 end as is_on_time_by_law,
        listings.owed_due_date,
        cast({{ dbt.date_trunc('month', 'listings.owed_due_date') }} as date) as owed_due_month,
        case when listings.owed_due_date is not null then 1 else 0 end as is_owed_delisting,
        case when listings.delisted_date <= listings.owed_due_date then 1 else 0 end as is_on_time_owed,
        case when listings.sanction_grade is not null then 1 else 0 end as is_graded,
        case when listings.grace_to_date is not null then 1 else 0 end as has_grace,
        case when listings.published_date <= listings.grace_to_date then 1 else 0 end as is_listed_within_grace,
        coalesce(listings.single_release_count, 0) as single_releases
    from listings
    left join persons
        on listings.person_hash = persons.person_hash
)

select * from final
