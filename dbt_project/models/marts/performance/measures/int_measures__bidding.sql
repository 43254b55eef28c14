{%- set counted = [
    ('auctioned_lots', 'auction_month', 'is_first_round'),
    ('first_round_lots', 'auction_month', 'is_first_round_held'),
    ('first_round_listings_sold', 'auction_month', 'is_first_round_sold'),
    ('first_round_sold_lots', 'ended_month', 'is_first_round_sold'),
    ('sold_starting_amount', 'ended_month', 'sold_starting_amount'),
    ('premium_amount', 'ended_month', 'premium_amount'),
    ('timed_lots', 'ended_month', 'is_timed'),
    ('auction_days', 'ended_month', 'auction_days'),
] -%}

with records as (
    select * from {{ ref('fct_auction_lots') }}
),

final as (
    {% for measure_code, month_column, value_column in counted %}
        select
            court_code,
            {{ month_column }} as period_month,
            'not_case_based' as case_scope,
            '{{ measure_code }}' as measure_code,
            cast(coalesce(sum({{ value_column }}), 0) as decimal(24, 2)) as measure_value
        from records
        where {{ month_column }} is not null
        group by court_code, {{ month_column }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select * from final
