{# Every measure of the catalogue that has a model of its own and an event or distinct rule: its value column summed (or
   its distinct values counted) over the records of its month column has to give the measure, court by court and month by
   month. What a fact declares is summed by the same declaration, and this would be no second way. #}
{% test reproduced_by_records(model, catalogue) %}
-- depends_on: {{ ref('int_court_months') }} {{ ref('fct_enforcement_cases') }} {{ ref('fct_defaulter_listings') }} {{ ref('fct_suspensions') }}
{%- set declared = declared_measures() | map(attribute='measures') | sum(start=[]) | map(attribute='code') | list %}
{%- set asked -%}
    select measure_code, record_table, month_column, value_column, evidence_rule, extract_kind
    from {{ catalogue }}
    where evidence_rule in ('event', 'distinct')
    and measure_code not in ('{{ declared | join("', '") }}')
{%- endset -%}
{%- set measures = run_query(asked).rows if execute and load_relation(catalogue) else [] %}

with by_record as (
    {% for measure in measures %}
    select
        court_code,
        {{ measure['month_column'] }} as period_month,
        {{ 'case_type' if measure['extract_kind'] == 'cases' else "'none'" }} as case_type,
        '{{ measure['measure_code'] }}' as measure_code,
        {% if measure['evidence_rule'] == 'distinct' %}
        count(distinct {{ measure['value_column'] }}) as evidence_value
        {% else %}
        sum({{ measure['value_column'] }}) as evidence_value
        {% endif %}
    from {{ ref(measure['record_table']) }}
    where {{ measure['month_column'] }} is not null
    group by 1, 2, 3
    union all
    {% endfor %}
    select
        court_code,
        period_month,
        'none' as case_type,
        'no_measure' as measure_code,
        0 as evidence_value
    from {{ model }}
    where 1 = 0
),

-- A record counts at the court that had its court's cases in that month.
evidence as (
    select
        coalesce(court_months.counting_court_code, by_record.court_code) as court_code,
        by_record.period_month,
        by_record.case_type,
        by_record.measure_code,
        sum(by_record.evidence_value) as evidence_value
    from by_record
    left join {{ ref('int_court_months') }} as court_months
        on
            by_record.court_code = court_months.court_code
            and by_record.period_month = court_months.period_month
    group by 1, 2, 3, 4
),

members as (
    {{ case_scope_types() }}
),

by_scope as (
    select
        evidence.court_code,
        evidence.period_month,
        members.case_scope,
        evidence.measure_code,
        sum(evidence.evidence_value) as evidence_value
    from evidence
    inner join members
        on evidence.case_type = members.case_type
    group by evidence.court_code, evidence.period_month, members.case_scope, evidence.measure_code
),

measured as (
    select court_measures.*
    from {{ model }} as court_measures
    inner join {{ catalogue }} as measures
        on court_measures.measure_code = measures.measure_code
    where
        court_measures.scope_code = 'own'
        and court_measures.courts_in_service > 0
        and measures.evidence_rule in ('event', 'distinct')
        and measures.measure_code not in ('{{ declared | join("', '") }}')
)

select
    measured.court_code,
    measured.period_month,
    measured.case_scope,
    measured.measure_code,
    measured.measure_value,
    by_scope.evidence_value
from measured
left join by_scope
    on
        measured.court_code = by_scope.court_code
        and measured.period_month = by_scope.period_month
        and measured.case_scope = by_scope.case_scope
        and measured.measure_code = by_scope.measure_code
where measured.measure_value <> coalesce(by_scope.evidence_value, 0)
{% endtest %}
