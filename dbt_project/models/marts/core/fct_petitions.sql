with petitions as (
    select * from {{ ref('int_petitions_deduplicated') }}
),

ruled as (
    {{ falling_due('petitions', 'assigned_date', 'rule_due_date', limit_code='PETITION_CLOSING') }}
),

judged as (
    select
        *,
        coalesce(due_date, rule_due_date, assigned_date) as ruled_date
    from ruled
),

final as (
    select
        petitions.petition_id,
        petitions.court_code,
        petitions.case_number,
        petitions.case_number_raw,
        petitions.case_number_status,
        petitions.assigned_date,
        petitions.due_date,
        petitions.resolved_date,
        petitions.source,
        petitions.extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'petitions.assigned_date') }} as date) as assigned_month,
        cast({{ dbt.date_trunc('month', 'petitions.due_date') }} as date) as due_month,
        cast({{ dbt.date_trunc('month', 'petitions.resolved_date') }} as date) as resolved_month,
        cast(
            {{ dbt.date_trunc('month', 'coalesce(petitions.due_date, petitions.assigned_date)') }} as date
        ) as judged_month,
        1 as petition_one,
        case when petitions.resolved_date is not null then 1 else 0 end as is_resolved,
        case when petitions.resolved_date <= petitions.due_date then 1 else 0 end as is_on_time,
        case
            when
                {{ dbt.date_trunc('month', 'petitions.resolved_date') }}
                <= {{ dbt.date_trunc('month', 'coalesce(petitions.due_date, petitions.assigned_date)') }}
                then 1
            else 0
        end as is_resolved_when_judged,
        petitions.rule_due_date,
        cast({{ dbt.date_trunc('month', 'petitions.ruled_date') }} as date) as ruled_month,
        case
            when
                {{ dbt.date_trunc('month', 'petitions.resolved_date') }}
                <= {{ dbt.date_trunc('month', 'petitions.ruled_date') }}
                then 1
            else 0
        end as is_resolved_when_ruled
    from judged as petitions
)

select * from final
