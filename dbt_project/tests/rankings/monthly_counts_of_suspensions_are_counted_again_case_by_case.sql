{{ config(group = 'rankings') }}
-- One row for every case and check, case, and duty, put beside the monthly tables with the opposite sign.
with records as (
    select
        court_code,
        suspended_month as period_month,
        check_id || ' ' || result as counted,
        1 as found_count
    from {{ ref('fct_suspension_checks') }}
    union all
    select
        court_code,
        suspended_month as period_month,
        'verdict ' || verdict as counted,
        1 as found_count
    from {{ ref('fct_suspensions') }}
    union all
    select
        court_code,
        suspended_month as period_month,
        'difference ' || difference_code as counted,
        1 as found_count
    from {{ ref('fct_suspensions') }}
    union all
    select
        court_code,
        suspended_month as period_month,
        'source stated' as counted,
        1 as found_count
    from {{ ref('fct_suspensions') }}
    where is_compliant_source in (0, 1)
    union all
    select
        court_code,
        suspended_month as period_month,
        'source compliant' as counted,
        is_compliant_source as found_count
    from {{ ref('fct_suspensions') }}
    where is_compliant_source is not null
    union all
    select
        court_code,
        due_month as period_month,
        'recheck ' || recheck_status as counted,
        1 as found_count
    from {{ ref('fct_suspension_rechecks') }}
    where is_due_recheck = 1
),

published as (
    {% for result, name in (('pass', 'passed'), ('fail', 'failed'), ('not_checkable', 'not_checkable')) %}
        select
            court_code,
            period_month,
            check_id || ' {{ result }}' as counted,
            -{{ name }}_count as found_count
        from {{ ref('rpt_suspension_compliance') }}
        union all
    {% endfor %}
    {% for counted, name in (
        ('verdict compliant', 'compliant'),
        ('verdict not_compliant', 'not_compliant'),
        ('verdict not_checkable', 'not_checkable'),
        ('difference agree', 'agree'),
        ('difference source_compliant_only', 'source_compliant_only'),
        ('difference computed_compliant_only', 'computed_compliant_only'),
        ('difference source_silent', 'source_silent'),
        ('difference not_checkable', 'not_compared'),
        ('source stated', 'source_stated'),
        ('source compliant', 'source_compliant'),
    ) %}
        select
            court_code,
            period_month,
            '{{ counted }}' as counted,
            -{{ name }}_count as found_count
        from {{ ref('rpt_suspension_verdicts') }}
        union all
    {% endfor %}
    {% for status in ('on_time', 'late', 'missed') %}
        select
            court_code,
            period_month,
            'recheck {{ status }}' as counted,
            -{{ status }}_count as found_count
        from {{ ref('rpt_recheck_duties') }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

both_sides as (
    select * from records
    union all
    select * from published
)

select
    court_code,
    period_month,
    counted,
    sum(found_count) as difference
from both_sides
group by court_code, period_month, counted
having sum(found_count) <> 0
