{%- set columns = [
    'restriction_id', 'case_number', 'case_number_raw', 'case_number_status', 'person_hash', 'issued_date',
    'lifted_date', 'extract_month', '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_defaulters__restrictions'), ['restriction_id'], columns) }}
)

select * from final
