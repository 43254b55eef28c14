{# Every stock of the catalogue with a span rule: the records in stock at the end of the month (span), or before it
   begins (span_opening), have to add up to the measure. For each January and July, and the first and last month. #}
{% test reproduced_by_spans(model, catalogue) %}
-- depends_on: {{ ref('int_court_months') }} {{ ref('fct_case_clocks') }} {{ ref('fct_funds') }} {{ ref('fct_nodes') }}
-- depends_on: {{ ref('fct_rectifications') }} {{ ref('fct_suspensions') }} {{ ref('dim_case_scope_members') }}
{%- set asked -%}
    select measure_code, record_table, month_column, until_column, value_column, evidence_rule, extract_kind
    from {{ catalogue }}
    where evidence_rule in ('span', 'span_opening')
{%- endset -%}
{%- set measures = run_query(asked).rows if execute and load_relation(catalogue) else [] %}

with measured as (
    select
        court_measures.*,
        min(court_measures.period_month) over (partition by court_measures.court_code) as first_month,
        max(court_measures.period_month) over (partition by court_measures.court_code) as last_month
    from {{ model }} as court_measures
    inner join {{ catalogue }} as measures
        on court_measures.measure_code = measures.measure_code
    where
        court_measures.scope_code = 'own'
        and court_measures.courts_in_service > 0
        and measures.evidence_rule in ('span', 'span_opening')
),

sampled as (
    select *
    from measured
    where extract(month from period_month) in (1, 7) or period_month in (first_month, last_month)
),

months as (
    select distinct
        sampled.court_code,
        sampled.period_month,
        court_months.court_code as origin_court_code
    from sampled
    inner join {{ ref('int_court_months') }} as court_months
        on
            sampled.court_code = court_months.counting_court_code
            and sampled.period_month = court_months.period_month
),

evidence as (
    {% for measure in measures %}
    {%- set still = '<=' if measure['evidence_rule'] == 'span' else '<' %}
    {%- set gone = '>' if measure['evidence_rule'] == 'span' else '>=' %}
    select
        months.court_code,
        months.period_month,
        {{ 'records.case_type' if measure['extract_kind'] == 'cases' else "'none'" }} as case_type,
        '{{ measure['measure_code'] }}' as measure_code,
        sum(records.{{ measure['value_column'] }}) as evidence_value
    from months
    inner join {{ ref(measure['record_table']) }} as records
        on
            months.origin_court_code = records.court_code
            and records.{{ measure['month_column'] }} {{ still }} months.period_month
            {% if measure['until_column'] %}
            and (
                records.{{ measure['until_column'] }} is null
                or records.{{ measure['until_column'] }} {{ gone }} months.period_month
            )
            {% endif %}
    group by 1, 2, 3
    union all
    {% endfor %}
    select
        court_code,
        period_month,
        'none' as case_type,
        'no_measure' as measure_code,
        0 as evidence_value
    from months
    where 1 = 0
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
)

select
    sampled.court_code,
    sampled.period_month,
    sampled.case_scope,
    sampled.measure_code,
    sampled.measure_value,
    by_scope.evidence_value
from sampled
left join by_scope
    on
        sampled.court_code = by_scope.court_code
        and sampled.period_month = by_scope.period_month
        and sampled.case_scope = by_scope.case_scope
        and sampled.measure_code = by_scope.measure_code
where sampled.measure_value <> coalesce(by_scope.evidence_value, 0)
{% endtest %}
