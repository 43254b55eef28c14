with listings as (
    select * from {{ ref('stg_defaulters__listings') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by listing_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from listings
),

final as (
    select
        listing_id,
        case_number,
        case_number_raw,
        case_number_status,
        court_code,
        person_hash,
        party_kind,
        ground,
        published_date,
        term_end_date,
        deletion_trigger,
        deletion_trigger_date,
        delisted_date,
        corrected_flag,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
