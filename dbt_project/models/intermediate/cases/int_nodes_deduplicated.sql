{%- set columns = [
    'case_id', 'node_code', 'started_at', 'due_at', 'ended_at', 'extract_month', '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_cases__nodes'), ['case_id', 'node_code', 'started_at'], columns, 'case_id') }}
)

select * from final
