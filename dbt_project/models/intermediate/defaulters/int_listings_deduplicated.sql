{%- set columns = [
    'listing_id', 'case_number', 'case_number_raw', 'case_number_status', 'person_hash', 'party_kind', 'ground',
    'published_date', 'term_end_date', 'deletion_trigger', 'deletion_trigger_date', 'delisted_date',
    'corrected_flag', 'sanction_grade', 'grace_from_date', 'grace_to_date', 'single_release_count', 'extract_month',
    '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_defaulters__listings'), ['listing_id'], columns) }}
)

select * from final
