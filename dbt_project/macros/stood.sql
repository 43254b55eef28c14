{# Changes of a stock: every record of `relation` enters in the latest of `from_months` and leaves in the earliest of
   `until_months`, with its `value`. A record for which one of these months is null, or that would leave no later than
   it enters, is never in stock at a month's end. Month columns are compared as dates; keys are columns or literals. #}
{% macro stood(relation, keys, measure, from_months, until_months, value='1') -%}
    {%- set months = {
        'from': from_months[0] if from_months | length == 1 else 'greatest(' ~ from_months | join(', ') ~ ')',
        'until': until_months[0] if until_months | length == 1 else 'least(' ~ until_months | join(', ') ~ ')',
    } -%}
    {%- for side, factor in (('from', 1), ('until', -1)) %}
    select
        {{ keys | join(', ') }},
        '{{ measure }}' as measure,
        {{ months[side] }} as change_month,
        cast(sum({{ value }}) as decimal(30, 2)) * {{ factor }} as change_value
    from {{ relation }}
    where
        {{ months['from'] }} < {{ months['until'] }}
        {%- for month in from_months + until_months %}
        and {{ month }} is not null
        {%- endfor %}
    group by {{ keys | join(', ') }}, {{ months[side] }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}
