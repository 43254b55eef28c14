{# The rows of `relation`, one for each key: that of the latest extract month, within it of the latest delivery, within
   that the last one. #}
{% macro latest_delivered(relation, key) -%}
    select *
    from (
        select
            *,
            row_number() over (
                partition by {{ key | join(', ') }}
                order by
                    extract_month desc,
                    _delivery_id desc,
                    _row_number desc
            ) as version_number
        from {{ relation }}
    ) as numbered
    where version_number = 1
{%- endmacro %}
