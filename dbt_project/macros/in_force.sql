{# Which deliveries count for which courts, for one kind of extract, as far as var as_known_at lets us see. #}
{% macro in_force(kind) -%}
    select
        delivery_id,
        court_code
    from {{ source('ledger', 'delivery_courts') }}
    where
        kind = '{{ kind }}'
        and is_in_force
        and {{ is_known('extract_month') }}
{%- endmacro %}
