{#- As many passings as int_court_months follows. -#}
{%- set passings = 4 -%}

with courts as (
    select * from {{ ref('courts') }}
),

passed_1 as (
    select
        court_code,
        successor_code
    from courts
    where successor_code is not null
),

{% for passing in range(2, passings + 1) %}
    passed_{{ passing }} as (
        select
            earlier.court_code,
            later.successor_code
        from passed_{{ passing - 1 }} as earlier
        inner join passed_1 as later
            on earlier.successor_code = later.court_code
    ),
{% endfor %}

final as (
    {% for passing in range(1, passings + 1) %}
        select
            court_code,
            successor_code,
            {{ passing }} as passings
        from passed_{{ passing }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select * from final
