{%- set columns = [
    'fund_id', 'case_id', 'received_date', 'received_amount', 'paid_date', 'paid_amount', 'deferral_approved',
    'extract_month', '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_cases__funds'), ['fund_id'], columns, 'case_id') }}
)

select * from final
