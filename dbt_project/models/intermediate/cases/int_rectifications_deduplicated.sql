{%- set columns = [
    'item_id', 'problem_class', 'found_by', 'found_date', 'due_date', 'written_off_date', 'indicator_code',
    'extract_month', '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_cases__rectifications'), ['item_id'], columns) }}
)

select * from final
