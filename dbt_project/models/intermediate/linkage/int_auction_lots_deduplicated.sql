{%- set columns = [
    'lot_id', 'case_id', 'round', 'asset_kind', 'started_date', 'valuation_amount', 'starting_price', 'notice_date',
    'auction_date', 'result', 'deal_price', 'extract_month', '_delivery_id', '_row_number',
] -%}

with final as (
    {{ latest_of_origin(ref('stg_linkage__auction_lots'), ['lot_id', 'round'], columns, 'case_id') }}
)

select * from final
