{#- In which month's end a rest first stands in the band; it leaves for the next band or when it is paid. -#}
{%- set bands = [
    ('deferred', 'deferred_month', 'never_month'),
    ('new', 'new_month', 'near_month'),
    ('near_due', 'near_month', 'overdue_1_month'),
    ('overdue_to_30', 'overdue_1_month', 'overdue_31_month'),
    ('overdue_to_90', 'overdue_31_month', 'overdue_91_month'),
    ('overdue_over_90', 'overdue_91_month', 'never_month'),
] -%}
{%- set keys = ['court_code', 'age_band'] -%}
{%- set held = ['held_count', 'held_amount'] -%}

with funds as (
    select * from {{ ref('fct_funds') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    select
        min(period_month) as first_month,
        cast({{ dbt.dateadd('month', 1, 'max(period_month)') }} as date) as never_month
    from months
),

rests as (
    select
        court_code,
        due_date,
        deferral_approved,
        received_month as from_month,
        paid_month as until_month,
        received_amount as held_amount
    from funds
    union all
    select
        court_code,
        due_date,
        deferral_approved,
        paid_month as from_month,
        cast(null as date) as until_month,
        residual_amount as held_amount
    from funds
    where paid_month is not null and residual_amount > 0
),

passing as (
    select
        rests.court_code,
        rests.held_amount,
        rests.from_month,
        span.never_month,
        coalesce(rests.deferral_approved, false) as is_deferred,
        coalesce(rests.until_month, span.never_month) as until_month,
        {% for month, days in (('near', -7), ('overdue_1', 1), ('overdue_31', 31), ('overdue_91', 91)) %}
            coalesce(
                cast({{ dbt.date_trunc('month', dbt.dateadd('day', days, 'rests.due_date')) }} as date),
                span.never_month
            ) as {{ month }}_month
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from rests
    cross join span
    where coalesce(rests.until_month, span.never_month) > rests.from_month
),

held as (
    select
        *,
        case when is_deferred then from_month else never_month end as deferred_month,
        case when is_deferred then never_month else from_month end as new_month
    from passing
),

banded as (
    {% for band, from_month, to_month in bands %}
        select
            court_code,
            '{{ band }}' as age_band,
            held_amount,
            greatest(from_month, {{ from_month }}) as from_month,
            least(until_month, {{ to_month }}) as until_month
        from held
        where {{ 'is_deferred' if band == 'deferred' else 'not is_deferred' }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

changes as (
    {{ stood('banded', keys, 'held_count', ['from_month'], ['until_month']) }}
    union all
    {{ stood('banded', keys, 'held_amount', ['from_month'], ['until_month'], 'held_amount') }}
),

largest as (
    select
        banded.court_code,
        banded.age_band,
        months.period_month,
        max(banded.held_amount) as largest_amount
    from banded
    inner join months
        on banded.from_month <= months.period_month and banded.until_month > months.period_month
    group by banded.court_code, banded.age_band, months.period_month
),

dated as (
    {{ changed_by_month(keys, [], held) }}
),

stocks as (
    {{ standing_by_month(keys, [], held) }}
),

final as (
    select
        stocks.court_code,
        stocks.period_month,
        stocks.age_band,
        cast(stocks.held_count as bigint) as held_count,
        cast(stocks.held_amount as decimal(24, 2)) as held_amount,
        cast(largest.largest_amount as decimal(24, 2)) as largest_amount
    from stocks
    inner join largest
        on
            stocks.court_code = largest.court_code
            and stocks.age_band = largest.age_band
            and stocks.period_month = largest.period_month
)

select * from final
