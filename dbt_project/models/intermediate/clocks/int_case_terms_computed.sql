with cases as (
    select
        *,
        coalesce(cause like '%非诉%', false) as is_non_litigation
    from {{ ref('int_cases_deduplicated') }}
),

term_rules as (
    select * from {{ ref('case_term_rules') }}
),

deductions as (
    select
        case_id,
        sum(deducted_days) as deducted_days
    from {{ ref('int_case_deductions_merged') }}
    group by case_id
),

extension_nodes as (
    select distinct limit_code as node_code
    from {{ ref('int_limits_known') }}
    where rule_kind = 'extension'
),

extensions as (
    select
        nodes.case_id,
        sum({{ dbt.datediff('nodes.started_at', 'nodes.ended_at', 'day') }}) as extended_days
    from {{ ref('int_nodes_deduplicated') }} as nodes
    inner join extension_nodes
        on nodes.node_code = extension_nodes.node_code
    where nodes.ended_at is not null
    group by nodes.case_id
),

calendar as (
    select * from {{ ref('int_working_days_numbered') }}
),

started as (
    select
        cases.case_id,
        cases.filed_date,
        cases.term_due_date,
        term_rules.node_code as term_node_code,
        case when term_rules.start_column = 'received_date' then cases.received_date else cases.filed_date end
            as start_date
    from cases
    left join term_rules
        on
            cases.case_type = term_rules.case_type
            and cases.is_non_litigation = term_rules.is_non_litigation
),

-- What is deducted and what is approved lengthens the term before its last day rolls over days off.
nominal as (
    {{ falling_due('started', 'start_date', 'nominal_date', limit_column='term_node_code', rolls=false) }}
),

counted as (
    select
        nominal.case_id,
        nominal.term_due_date,
        nominal.term_node_code,
        nominal.nominal_date,
        coalesce(deductions.deducted_days, 0) as deducted_days,
        coalesce(extensions.extended_days, 0) as extended_days
    from nominal
    left join deductions
        on nominal.case_id = deductions.case_id
    left join extensions
        on nominal.case_id = extensions.case_id
),

lengthened as (
    select
        *,
        cast(
            {{ dbt.dateadd('day', 'deducted_days + extended_days', 'nominal_date') }} as date
        ) as unrolled_date
    from counted
),

final as (
    select
        lengthened.case_id,
        lengthened.term_node_code,
        cast(lengthened.deducted_days as integer) as deducted_days,
        cast(lengthened.extended_days as integer) as extended_days,
        coalesce(calendar.next_working_day, lengthened.unrolled_date) as term_by_rule_date,
        coalesce(lengthened.term_due_date, calendar.next_working_day, lengthened.unrolled_date) as term_end_date,
        case
            when lengthened.unrolled_date is null then 'no_limit'
            when calendar.next_working_day is null then 'not_loaded'
            when calendar.is_provisional then 'provisional'
            else 'loaded'
        end as calendar_status
    from lengthened
    left join calendar
        on lengthened.unrolled_date = calendar.day
)

select * from final
