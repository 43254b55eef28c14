{%- set flows = ['issued_count', 'lifted_count'] -%}

with restrictions as (
    select * from {{ ref('fct_restrictions') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    {{ span_of_months() }}
),

timed as (
    select
        restrictions.court_code,
        restrictions.issued_month,
        cast({{ dbt.date_trunc('month', 'restrictions.lifted_date') }} as date) as lifted_month,
        coalesce(cast({{ dbt.date_trunc('month', 'restrictions.lifted_date') }} as date), span.never_month)
            as until_month
    from restrictions
    cross join span
),

changes as (
    {{ stood('timed', ['court_code'], 'restricted_stock_count', ['issued_month'], ['until_month']) }}
    union all
    {{ happened('timed', ['court_code'], 'issued_count', 'issued_month') }}
    union all
    {{ happened('timed', ['court_code'], 'lifted_count', 'lifted_month') }}
),

dated as (
    {{ changed_by_month(['court_code'], flows, ['restricted_stock_count']) }}
),

stocks as (
    {{ standing_by_month(['court_code'], flows, ['restricted_stock_count']) }}
),

final as (
    select
        court_code,
        period_month,
        cast(issued_count as bigint) as issued_count,
        cast(lifted_count as bigint) as lifted_count,
        cast(restricted_stock_count as bigint) as restricted_stock_count
    from stocks
)

select * from final
