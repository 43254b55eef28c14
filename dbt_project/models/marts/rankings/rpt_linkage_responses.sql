{#- Waiting at least that many days past the due day; a band is one line less the next. -#}
{%- set waits = {
    'open_count': 'sent_month',
    'undated_count': 'undated_month',
    'overdue_count': 'overdue_1_month',
    'overdue_8_count': 'overdue_8_month',
    'overdue_31_count': 'overdue_31_month',
    'overdue_91_count': 'overdue_91_month',
} -%}
{%- set sent = [
    'sent_count', 'sent_done_count', 'sent_partly_done_count', 'sent_nothing_found_count', 'sent_refused_count'
] -%}

with requests as (
    select * from {{ ref('fct_linkage_requests') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    select
        min(period_month) as first_month,
        max(period_month) as last_month
    from months
),

sent as (
    select
        court_code,
        unit_type,
        channel,
        matter,
        sent_month as period_month,
        count(*) as sent_count,
        sum(case when result = '已办理' then 1 else 0 end) as sent_done_count,
        sum(case when result = '部分办理' then 1 else 0 end) as sent_partly_done_count,
        sum(case when result = '查无' then 1 else 0 end) as sent_nothing_found_count,
        sum(case when result = '拒绝' then 1 else 0 end) as sent_refused_count
    from requests
    group by court_code, unit_type, channel, matter, sent_month
),

due as (
    select
        court_code,
        unit_type,
        channel,
        matter,
        due_month as period_month,
        sum(has_due) as due_count,
        sum(is_on_time_feedback) as on_time_count
    from requests
    where due_month is not null
    group by court_code, unit_type, channel, matter, due_month
),

waiting as (
    select
        requests.court_code,
        requests.unit_type,
        requests.channel,
        requests.matter,
        requests.sent_month,
        case when requests.due_at is null then requests.sent_month end as undated_month,
        {% for days in (1, 8, 31, 91) %}
            case
                when requests.due_at is not null
                    then greatest(
                        requests.sent_month,
                        cast(
                            {{ dbt.date_trunc('month', dbt.dateadd('day', days, 'cast(requests.due_at as date)')) }}
                            as date
                        )
                    )
            end as overdue_{{ days }}_month,
        {% endfor %}
        coalesce(
            cast({{ dbt.date_trunc('month', 'requests.feedback_at') }} as date),
            cast({{ dbt.dateadd('month', 1, 'span.last_month') }} as date)
        ) as answered_month
    from requests
    cross join span
    where
        requests.feedback_at is null
        or requests.sent_month < cast({{ dbt.date_trunc('month', 'requests.feedback_at') }} as date)
),

changes as (
    {% for name, from_month in waits.items() %}
        select
            court_code,
            unit_type,
            channel,
            matter,
            {{ from_month }} as change_month,
            '{{ name }}' as band,
            count(*) as change_count
        from waiting
        where {{ from_month }} < answered_month
        group by court_code, unit_type, channel, matter, {{ from_month }}
        union all
        select
            court_code,
            unit_type,
            channel,
            matter,
            answered_month as change_month,
            '{{ name }}' as band,
            -count(*) as change_count
        from waiting
        where {{ from_month }} < answered_month
        group by court_code, unit_type, channel, matter, answered_month
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

dated as (
    select
        changes.court_code,
        changes.unit_type,
        changes.channel,
        changes.matter,
        greatest(changes.change_month, span.first_month) as period_month,
        {% for name in waits %}
            sum(case when changes.band = '{{ name }}' then changes.change_count else 0 end) as {{ name }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from changes
    cross join span
    group by
        changes.court_code, changes.unit_type, changes.channel, changes.matter,
        greatest(changes.change_month, span.first_month)
),

pairs as (
    select distinct
        court_code,
        unit_type,
        channel,
        matter
    from sent
),

spine as (
    select
        pairs.court_code,
        pairs.unit_type,
        pairs.channel,
        pairs.matter,
        months.period_month
    from pairs
    cross join months
),

stocks as (
    select
        spine.court_code,
        spine.unit_type,
        spine.channel,
        spine.matter,
        spine.period_month,
        {% for name in waits %}
            sum(coalesce(dated.{{ name }}, 0)) over (
                partition by spine.court_code, spine.unit_type, spine.channel, spine.matter
                order by spine.period_month
                rows between unbounded preceding and current row
            ) as {{ name }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from spine
    left join dated
        on
            spine.court_code = dated.court_code
            and spine.unit_type = dated.unit_type
            and spine.channel = dated.channel
            and spine.matter = dated.matter
            and spine.period_month = dated.period_month
),

joined as (
    select
        stocks.*,
        {% for name in sent %}
            coalesce(sent.{{ name }}, 0) as {{ name }},
        {% endfor %}
        coalesce(due.due_count, 0) as due_count,
        coalesce(due.on_time_count, 0) as on_time_count
    from stocks
    left join sent
        on
            stocks.court_code = sent.court_code
            and stocks.unit_type = sent.unit_type
            and stocks.channel = sent.channel
            and stocks.matter = sent.matter
            and stocks.period_month = sent.period_month
    left join due
        on
            stocks.court_code = due.court_code
            and stocks.unit_type = due.unit_type
            and stocks.channel = due.channel
            and stocks.matter = due.matter
            and stocks.period_month = due.period_month
),

final as (
    select
        court_code,
        period_month,
        unit_type,
        channel,
        matter,
        {% for name in sent + ['due_count', 'on_time_count', 'open_count', 'undated_count'] %}
            cast({{ name }} as bigint) as {{ name }},
        {% endfor %}
        cast(open_count - undated_count - overdue_count as bigint) as not_yet_due_count,
        cast(overdue_count - overdue_8_count as bigint) as overdue_to_7_count,
        cast(overdue_8_count - overdue_31_count as bigint) as overdue_to_30_count,
        cast(overdue_31_count - overdue_91_count as bigint) as overdue_to_90_count,
        cast(overdue_91_count as bigint) as overdue_over_90_count
    from joined
    where sent_count > 0 or due_count > 0 or open_count > 0
)

select * from final
