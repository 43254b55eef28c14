{%- set waits = {
    'open_count': 'accepted_month',
    'undated_count': 'undated_month',
    'overdue_count': 'overdue_1_month',
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
    select
        min(period_month) as first_month,
        cast({{ dbt.dateadd('month', 1, 'max(period_month)') }} as date) as never_month
    from months
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
        {% for days in (1, 8, 31) %}
            cast({{ dbt.date_trunc('month', dbt.dateadd('day', days, 'cast(entrustments.due_at as date)')) }} as date)
                as overdue_{{ days }}_month,
        {% endfor %}
        coalesce(cast({{ dbt.date_trunc('month', 'entrustments.completed_at') }} as date), span.never_month)
            as until_month
    from entrustments
    cross join span
),

waiting as (
    {% for name, from_month in waits.items() %}
        select
            court_code,
            '{{ name }}' as measure,
            greatest(accepted_month, {{ from_month }}) as from_month,
            until_month
        from timed
        where {{ from_month }} is not null
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

changes as (
    select
        court_code,
        measure,
        from_month as change_month,
        count(*) as change_count
    from waiting
    where from_month < until_month
    group by court_code, measure, from_month
    union all
    select
        court_code,
        measure,
        until_month as change_month,
        -count(*) as change_count
    from waiting
    where from_month < until_month
    group by court_code, measure, until_month
    {% for name, month_column, value in (
        ('accepted_count', 'accepted_month', '1'),
        ('due_count', 'due_month', 'has_due'),
        ('on_time_count', 'due_month', 'is_on_time'),
        ('completed_count', 'completed_month', '1'),
    ) %}
        union all
        select
            court_code,
            '{{ name }}' as measure,
            {{ month_column }} as change_month,
            sum({{ value }}) as change_count
        from timed
        where {{ month_column }} is not null
        group by court_code, {{ month_column }}
    {% endfor %}
),

dated as (
    select
        changes.court_code,
        greatest(changes.change_month, span.first_month) as period_month,
        {% for name in flows %}
            sum(
                case
                    when changes.measure = '{{ name }}' and changes.change_month >= span.first_month
                        then changes.change_count
                    else 0
                end
            ) as {{ name }},
        {% endfor %}
        {% for name in waits %}
            sum(case when changes.measure = '{{ name }}' then changes.change_count else 0 end) as {{ name }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from changes
    cross join span
    group by changes.court_code, greatest(changes.change_month, span.first_month)
),

spine as (
    select
        kept.court_code,
        months.period_month
    from (select distinct court_code from dated) as kept
    cross join months
),

stocks as (
    select
        spine.court_code,
        spine.period_month,
        {% for name in flows %}
            coalesce(dated.{{ name }}, 0) as {{ name }},
        {% endfor %}
        {% for name in waits %}
            sum(coalesce(dated.{{ name }}, 0)) over (
                partition by spine.court_code
                order by spine.period_month
                rows between unbounded preceding and current row
            ) as {{ name }}
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from spine
    left join dated
        on
            spine.court_code = dated.court_code
            and spine.period_month = dated.period_month
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
