{%- set columns = [
    'request_id', 'case_id', 'case_number', 'case_number_raw', 'case_number_status', 'channel', 'unit_type',
    'matter', 'sent_at', 'due_at', 'feedback_at', 'result', 'controlled_amount', 'extract_month', '_delivery_id',
    '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_linkage__requests'), ['request_id'], columns, 'case_id') }}
)

select * from final
