{%- set columns = [
    'entrustment_id', 'entrusting_court_code', 'matter', 'accepted_at', 'due_at', 'completed_at', 'extract_month',
    '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_linkage__entrustments'), ['entrustment_id'], columns) }}
)

select * from final
