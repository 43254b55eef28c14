{#- Waiting at least that many days past the due day; a band is one line less the next. -#}
{%- set waits = {
    'open_count': 'sent_month',
    'undated_count': 'undated_month',
    'overdue_count': 'due_month',
    'overdue_8_count': 'overdue_8_month',
    'overdue_31_count': 'overdue_31_month',
    'overdue_91_count': 'overdue_91_month',
} -%}
{%- set results = {
    'sent_done_count': '已办理',
    'sent_partly_done_count': '部分办理',
    'sent_nothing_found_count': '查无',
    'sent_refused_count': '拒绝',
} -%}
{%- set flows = ['sent_count'] + results.keys() | list + ['due_count', 'on_time_count'] -%}
{%- set keys = ['court_code', 'unit_type', 'channel', 'matter'] -%}

with requests as (
    select * from {{ ref('fct_linkage_requests') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    {{ span_of_months() }}
),

timed as (
    select
        requests.court_code,
        requests.unit_type,
        requests.channel,
        requests.matter,
        requests.result,
        requests.sent_month,
        requests.due_month,
        requests.has_due,
        requests.is_on_time_feedback,
        case when requests.due_at is null then requests.sent_month end as undated_month,
        {% for days in (8, 31, 91) %}
            cast({{ dbt.date_trunc('month', dbt.dateadd('day', days, 'cast(requests.due_at as date)')) }} as date)
                as overdue_{{ days }}_month,
        {% endfor %}
        coalesce(cast({{ dbt.date_trunc('month', 'requests.feedback_at') }} as date), span.never_month)
            as answered_month
    from requests
    cross join span
),

changes as (
    {% for name, from_month in waits.items() %}
        {{ stood('timed', keys, name, ['sent_month', from_month], ['answered_month']) }}
        union all
    {% endfor %}
    {% for name, result in results.items() %}
        {{ happened('timed', keys, name, 'sent_month', "case when result = '" ~ result ~ "' then 1 else 0 end") }}
        union all
    {% endfor %}
    {{ happened('timed', keys, 'sent_count', 'sent_month') }}
    union all
    {{ happened('timed', keys, 'due_count', 'due_month', 'has_due') }}
    union all
    {{ happened('timed', keys, 'on_time_count', 'due_month', 'is_on_time_feedback') }}
),

dated as (
    {{ changed_by_month(keys, flows, waits) }}
),

stocks as (
    {{ standing_by_month(keys, flows, waits) }}
),

final as (
    select
        court_code,
        period_month,
        unit_type,
        channel,
        matter,
        {% for name in flows + ['open_count', 'undated_count'] %}
            cast({{ name }} as bigint) as {{ name }},
        {% endfor %}
        cast(open_count - undated_count - overdue_count as bigint) as not_yet_due_count,
        cast(overdue_count - overdue_8_count as bigint) as overdue_to_7_count,
        cast(overdue_8_count - overdue_31_count as bigint) as overdue_to_30_count,
        cast(overdue_31_count - overdue_91_count as bigint) as overdue_to_90_count,
        cast(overdue_91_count as bigint) as overdue_over_90_count
    from stocks
    where sent_count > 0 or due_count > 0 or open_count > 0
)

select * from final
