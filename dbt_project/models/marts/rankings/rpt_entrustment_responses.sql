{#- A matter waits in a column at the end of every month from the named one on, until it is completed. -#}
{%- set waits = {
    'open_count': 'accepted_month',
    'undated_count': 'undated_month',
    'overdue_count': 'due_month',
    'overdue_8_count': 'overdue_8_month',
    'overdue_31_count': 'overdue_31_month',
} -%}
{%- set flows = ['accepted_count', 'due_count', 'on_time_count', 'completed_count'] -%}

with entrustments as (
    select * from {{ ref('fct_entrustments') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    {{ span_of_months() }}
),

timed as (
    select
        entrustments.court_code,
        entrustments.accepted_month,
        entrustments.due_month,
        entrustments.has_due,
        entrustments.is_on_time,
        cast({{ dbt.date_trunc('month', 'entrustments.completed_at') }} as date) as completed_month,
        case when entrustments.due_at is null then entrustments.accepted_month end as undated_month,
        {% for days in (8, 31) %}
            cast({{ dbt.date_trunc('month', dbt.dateadd('day', days, 'cast(entrustments.due_at as date)')) }} as date)
                as overdue_{{ days }}_month,
        {% endfor %}
        coalesce(cast({{ dbt.date_trunc('month', 'entrustments.completed_at') }} as date), span.never_month)
            as until_month
    from entrustments
    cross join span
),

changes as (
    {% for name, from_month in waits.items() %}
        {{ stood('timed', ['court_code'], name, ['accepted_month', from_month], ['until_month']) }}
        union all
    {% endfor %}
    {{ happened('timed', ['court_code'], 'accepted_count', 'accepted_month') }}
    union all
    {{ happened('timed', ['court_code'], 'due_count', 'due_month', 'has_due') }}
    union all
    {{ happened('timed', ['court_code'], 'on_time_count', 'due_month', 'is_on_time') }}
    union all
    {{ happened('timed', ['court_code'], 'completed_count', 'completed_month') }}
),

dated as (
    {{ changed_by_month(['court_code'], flows, waits) }}
),

stocks as (
    {{ standing_by_month(['court_code'], flows, waits) }}
),

final as (
    select
        court_code,
        period_month,
        {% for name in flows + ['open_count', 'undated_count'] %}
            cast({{ name }} as bigint) as {{ name }},
        {% endfor %}
        cast(open_count - undated_count - overdue_count as bigint) as not_yet_due_count,
        cast(overdue_count - overdue_8_count as bigint) as overdue_to_7_count,
        cast(overdue_8_count - overdue_31_count as bigint) as overdue_to_30_count,
        cast(overdue_31_count as bigint) as overdue_over_30_count
    from stocks
)

select * from final
