{%- set families = ['declared', 'case_flow', 'suspensions', 'stocks'] -%}

with measures as (
    select * from {{ ref('dim_measures') }}
),

case_scopes as (
    select * from {{ ref('dim_case_scopes') }}
),

measure_parts as (
    select * from {{ ref('measure_parts') }}
),

spine as (
    select * from {{ ref('int_court_months') }}
),

deliveries as (
    select * from {{ ref('int_court_deliveries') }}
),

missing_columns as (
    select * from {{ ref('fct_missing_columns') }}
),

measure_columns as (
    select * from {{ ref('measure_columns') }}
),

court_scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

distinct_defaulters as (
    select * from {{ ref('int_distinct_defaulters') }}
),

-- Whose records a scope counts in a month: those of a court are its own in its service, and then its successor's.
held as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        spine.court_code as origin_court_code,
        spine.period_month,
        spine.month_number,
        max(spine.month_number) over (partition by spine.province_code) as last_month_number
    from spine
    inner join court_scopes
        on
            spine.counting_court_code = court_scopes.member_court_code
            and spine.period_month >= court_scopes.member_from
            and spine.period_month <= court_scopes.member_to
),

neighbours as (
    select
        *,
        lag(month_number) over months as former_month_number,
        lead(month_number) over months as later_month_number
    from held
    window months as (partition by court_code, scope_code, origin_court_code order by month_number)
),

members as (
    select
        court_code,
        scope_code,
        origin_court_code,
        period_month,
        coalesce(former_month_number <> month_number - 1, true) as is_entering,
        coalesce(later_month_number <> month_number + 1, month_number < last_month_number) as is_leaving
    from neighbours
),

counted as (
    {% for family in families %}
        select
            court_code,
            period_month,
            case_scope,
            measure_code,
            measure_value
        from {{ ref('int_measures__' ~ family) }}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

with_parts as (
    select
        court_code,
        period_month,
        case_scope,
        measure_code,
        measure_value
    from counted
    union all
    select
        counted.court_code,
        counted.period_month,
        counted.case_scope,
        measure_parts.measure_code,
        sum(counted.measure_value) as measure_value
    from counted
    inner join measure_parts
        on counted.measure_code = measure_parts.part_measure_code
    group by
        counted.court_code, counted.period_month, counted.case_scope, measure_parts.measure_code
),

scoped as (
    select
        members.court_code,
        members.scope_code,
        with_parts.period_month,
        with_parts.case_scope,
        with_parts.measure_code,
        sum(with_parts.measure_value) as measure_value,
        sum(case when members.is_entering then with_parts.measure_value else 0 end) as entering_value,
        sum(case when members.is_leaving then with_parts.measure_value else 0 end) as leaving_value
    from with_parts
    inner join members
        on
            with_parts.court_code = members.origin_court_code
            and with_parts.period_month = members.period_month
    group by
        members.court_code, members.scope_code,
        with_parts.period_month, with_parts.case_scope, with_parts.measure_code
    union all
    select
        court_code,
        scope_code,
        published_month as period_month,
        'not_case_based' as case_scope,
        'distinct_defaulters' as measure_code,
        sum(person_count) as measure_value,
        0 as entering_value,
        0 as leaving_value
    from distinct_defaulters
    group by court_code, scope_code, published_month
),

kinds as (
    select distinct extract_kind
    from measures
),

scope_months as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        spine.period_month,
        kinds.extract_kind,
        sum(case when spine.is_in_service then 1 else 0 end) as courts_in_service,
        sum(case when deliveries.is_due then 1 else 0 end) as courts_expected,
        sum(case when deliveries.is_due and deliveries.is_delivered then 1 else 0 end) as courts_delivered
    from court_scopes
    inner join spine
        on
            court_scopes.member_court_code = spine.court_code
            and court_scopes.member_from <= spine.period_month
            and court_scopes.member_to >= spine.period_month
    cross join kinds
    left join deliveries
        on
            spine.court_code = deliveries.court_code
            and spine.period_month = deliveries.period_month
            and kinds.extract_kind = deliveries.extract_kind
    group by
        court_scopes.court_code, court_scopes.scope_code, spine.period_month, kinds.extract_kind
),

-- Measures of stocks, and those that hold one.
carried as (
    select measure_code
    from measures
    where window_rule in ('first', 'last')
    union
    select measure_parts.measure_code
    from measure_parts
    inner join measures
        on measure_parts.part_measure_code = measures.measure_code
    where measures.window_rule in ('first', 'last')
),

-- Courts that sent the measure's kind without a column that the measure depends on: to them it is not delivered. What a
-- file does not say of its records stays unknown in every later stock, until the file comes again with the column.
lacking as (
    select distinct
        deliveries.court_code,
        deliveries.period_month,
        measure_columns.measure_code
    from missing_columns
    inner join measure_columns
        on
            missing_columns.kind = measure_columns.kind
            and missing_columns.column_name = measure_columns.column_name
    inner join measures
        on measure_columns.measure_code = measures.measure_code
    left join carried
        on measures.measure_code = carried.measure_code
    inner join deliveries
        on
            missing_columns.court_code = deliveries.court_code
            and measures.extract_kind = deliveries.extract_kind
    where
        deliveries.is_due
        and deliveries.is_delivered
        and missing_columns.extract_month <= deliveries.period_month
        and (missing_columns.extract_month = deliveries.period_month or carried.measure_code is not null)
),

scope_lacking as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        lacking.period_month,
        lacking.measure_code,
        count(*) as courts_lacking
    from court_scopes
    inner join lacking
        on
            court_scopes.member_court_code = lacking.court_code
            and court_scopes.member_from <= lacking.period_month
            and court_scopes.member_to >= lacking.period_month
    group by court_scopes.court_code, court_scopes.scope_code, lacking.period_month, lacking.measure_code
),

expected as (
    select
        scope_months.court_code,
        scope_months.scope_code,
        scope_months.period_month,
        case_scopes.case_scope,
        measures.measure_code,
        scope_months.courts_in_service,
        scope_months.courts_expected,
        scope_months.courts_delivered - coalesce(scope_lacking.courts_lacking, 0) as courts_delivered
    from scope_months
    inner join measures
        on scope_months.extract_kind = measures.extract_kind
    inner join case_scopes
        on
            (measures.extract_kind = 'cases' and case_scopes.case_scope <> 'not_case_based')
            or (measures.extract_kind <> 'cases' and case_scopes.case_scope = 'not_case_based')
    left join scope_lacking
        on
            scope_months.court_code = scope_lacking.court_code
            and scope_months.scope_code = scope_lacking.scope_code
            and scope_months.period_month = scope_lacking.period_month
            and measures.measure_code = scope_lacking.measure_code
),

final as (
    select
        expected.court_code,
        expected.scope_code,
        expected.period_month,
        expected.case_scope,
        expected.measure_code,
        cast(coalesce(scoped.measure_value, 0) as decimal(24, 2)) as measure_value,
        cast(coalesce(scoped.entering_value, 0) as decimal(24, 2)) as entering_value,
        cast(coalesce(scoped.leaving_value, 0) as decimal(24, 2)) as leaving_value,
        expected.courts_expected > 0 and expected.courts_expected = expected.courts_delivered as is_delivered,
        cast(expected.courts_in_service as integer) as courts_in_service,
        cast(expected.courts_expected as integer) as courts_expected,
        cast(expected.courts_delivered as integer) as courts_delivered
    from expected
    left join scoped
        on
            expected.court_code = scoped.court_code
            and expected.scope_code = scoped.scope_code
            and expected.period_month = scoped.period_month
            and expected.case_scope = scoped.case_scope
            and expected.measure_code = scoped.measure_code
)

select * from final
