with delivered as (
    select * from {{ source('defaulters', 'defaulters') }}
),

in_force as (
    {{ in_force('defaulters') }}
),

final as (
    select
        delivered.listing_id,
        delivered.case_number,
        delivered.case_number_raw,
        delivered.case_number_status,
        delivered.court_code,
        delivered.person_hash,
        delivered.party_kind,
        delivered.ground,
        delivered.published_date,
        delivered.term_end_date,
        delivered.deletion_trigger,
        delivered.deletion_trigger_date,
        delivered.delisted_date,
        delivered.corrected_flag,
        delivered.sanction_grade,
        delivered.grace_from_date,
        delivered.grace_to_date,
        delivered.single_release_count,
        delivered._extract_month as extract_month,
        delivered._delivery_id,
        delivered._row_number
    from delivered
    inner join in_force
        on
            delivered._delivery_id = in_force.delivery_id
            and delivered.court_code = in_force.court_code
)

select * from final
