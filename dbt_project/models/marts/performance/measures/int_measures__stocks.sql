{#- A record counts at the end of every month from its first column on, until the month of the second. -#}
{%- set case_stocks = [
    ('overdue_pending_cases', 'fct_case_clocks', 'overdue_from_month', 'closed_month', 'case_one'),
    ('property_overdue_pending_cases', 'fct_case_clocks', 'overdue_from_month', 'closed_month', 'is_property_case'),
    ('old_pending_cases', 'fct_case_clocks', 'old_from_month', 'closed_month', 'case_one'),
] -%}
{%- set record_stocks = [
    ('held_unpaid_amount', 'fct_funds', 'held_from_month', 'paid_month', 'received_amount'),
    ('held_residual_amount', 'fct_funds', 'residual_from_month', 'never_month', 'residual_amount'),
    ('late_unpaid_amount', 'fct_funds', 'late_from_month', 'paid_month', 'received_amount'),
    ('late_residual_amount', 'fct_funds', 'late_residual_from_month', 'never_month', 'residual_amount'),
    ('held_receipts', 'fct_funds', 'held_from_month', 'paid_month', 'fund_one'),
    ('lapsed_seizures', 'fct_nodes', 'lapsed_from_month', 'ended_month', 'is_seizure'),
    ('opening_items', 'fct_rectifications', 'open_from_month', 'written_off_month', 'item_one'),
] -%}
{%- set opening = ['opening_items'] -%}

with scope_members as (
    {{ case_scope_types() }}
),

spine as (
    select * from {{ ref('int_court_months') }}
),

changes as (
    {% for measure_code, table, from_column, until_column, value_column in case_stocks + record_stocks %}
        {%- set case_type = 'case_type' if loop.index0 < case_stocks | length else "'none'" -%}
        select
            court_code,
            {{ from_column }} as change_month,
            {{ case_type }} as case_type,
            '{{ measure_code }}' as measure_code,
            cast(sum({{ value_column }}) as decimal(30, 2)) as change_value
        from {{ ref(table) }}
        where {{ from_column }} is not null
        group by court_code, {{ from_column }}, {{ case_type }}
        {% if until_column != 'never_month' %}
            union all
            select
                court_code,
                {{ until_column }} as change_month,
                {{ case_type }} as case_type,
                '{{ measure_code }}' as measure_code,
                cast(sum({{ value_column }}) as decimal(30, 2)) * -1 as change_value
            from {{ ref(table) }}
            where {{ from_column }} is not null and {{ until_column }} is not null
            group by court_code, {{ until_column }}, {{ case_type }}
        {% endif %}
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
),

scoped as (
    select
        changes.court_code,
        changes.change_month,
        scope_members.case_scope,
        changes.measure_code,
        sum(changes.change_value) as change_value
    from changes
    inner join scope_members
        on changes.case_type = scope_members.case_type
    group by changes.court_code, changes.change_month, scope_members.case_scope, changes.measure_code
),

kept as (
    select distinct
        court_code,
        case_scope,
        measure_code
    from scoped
),

brought_forward as (
    select
        scoped.court_code,
        scoped.case_scope,
        scoped.measure_code,
        sum(scoped.change_value) as brought_value
    from scoped
    inner join spine
        on
            scoped.court_code = spine.court_code
            and spine.period_month = spine.first_month
    where scoped.change_month < spine.first_month
    group by scoped.court_code, scoped.case_scope, scoped.measure_code
),

monthly as (
    select
        spine.court_code,
        spine.period_month,
        kept.case_scope,
        kept.measure_code,
        coalesce(brought_forward.brought_value, 0) as brought_value,
        coalesce(scoped.change_value, 0) as change_value
    from spine
    inner join kept
        on spine.court_code = kept.court_code
    left join brought_forward
        on
            kept.court_code = brought_forward.court_code
            and kept.case_scope = brought_forward.case_scope
            and kept.measure_code = brought_forward.measure_code
    left join scoped
        on
            spine.court_code = scoped.court_code
            and spine.period_month = scoped.change_month
            and kept.case_scope = scoped.case_scope
            and kept.measure_code = scoped.measure_code
),

stocks as (
    select
        court_code,
        period_month,
        case_scope,
        measure_code,
        change_value,
        brought_value + sum(change_value) over (
            partition by court_code, case_scope, measure_code
            order by period_month
            rows between unbounded preceding and current row
        ) as closing_value
    from monthly
),

final as (
    select
        court_code,
        period_month,
        case_scope,
        measure_code,
        cast(
            case
                when measure_code in ('{{ opening | join("', '") }}') then closing_value - change_value
                else closing_value
            end as decimal(24, 2)
        ) as measure_value
    from stocks
)

select * from final
