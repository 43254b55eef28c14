{%- set columns = [
    'petition_id', 'case_number', 'case_number_raw', 'case_number_status', 'assigned_date', 'due_date',
    'resolved_date', 'source', 'extract_month', '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_cases__petitions'), ['petition_id'], columns) }}
)

select * from final
