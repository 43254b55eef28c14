{%- set keys = ['court_code', 'age_band'] -%}
{%- set held = ['held_count', 'held_amount'] -%}

with funds as (
    select * from {{ ref('fct_funds') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    {{ span_of_months() }}
),

bands as (
    select
        band_code,
        from_days,
        lead(from_days) over (order by sort_order) as next_from_days
    from {{ ref('age_bands') }}
    where band_set = 'fund_ageing'
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
        rests.due_date,
        rests.from_month,
        span.never_month,
        coalesce(rests.deferral_approved, false) as is_deferred,
        coalesce(rests.until_month, span.never_month) as until_month
    from rests
    cross join span
    where coalesce(rests.until_month, span.never_month) > rests.from_month
),

-- In which month's end a rest first stands in a band; it leaves for the next band or when it is paid. Without a due
-- day it stays in the first.
edged as (
    select
        passing.*,
        bands.band_code,
        bands.from_days,
        bands.next_from_days,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', 'bands.from_days', 'passing.due_date')) }} as date)
            as entered_month,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', 'bands.next_from_days', 'passing.due_date')) }} as date)
            as left_month
    from passing
    cross join bands
    where not passing.is_deferred
),

banded as (
    select
        court_code,
        band_code as age_band,
        held_amount,
        case
            when from_days is null then from_month
            else greatest(from_month, coalesce(entered_month, never_month))
        end as from_month,
        least(until_month, coalesce(left_month, never_month)) as until_month
    from edged
    union all
    select
        court_code,
        'deferred' as age_band,
        held_amount,
        from_month,
        until_month
    from passing
    where is_deferred
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
