with rectifications as (
    select * from {{ ref('int_rectifications_deduplicated') }}
),

final as (
    select
        rectifications.item_id,
        rectifications.court_code,
        rectifications.problem_class,
        rectifications.found_by,
        rectifications.found_date,
        rectifications.due_date,
        rectifications.written_off_date,
        rectifications.indicator_code,
        rectifications.extract_month as last_delivered_month,
        cast({{ dbt.date_trunc('month', 'rectifications.found_date') }} as date) as found_month,
        cast({{ dbt.date_trunc('month', 'rectifications.due_date') }} as date) as due_month,
        cast({{ dbt.date_trunc('month', 'rectifications.written_off_date') }} as date) as written_off_month,
        case
            when
                rectifications.written_off_date is null
                or {{ dbt.date_trunc('month', 'rectifications.written_off_date') }}
                > {{ dbt.date_trunc('month', 'rectifications.found_date') }}
                then cast({{ dbt.date_trunc('month', 'rectifications.found_date') }} as date)
        end as open_from_month,
        1 as item_one,
        case when rectifications.written_off_date is not null then 1 else 0 end as is_written_off,
        case when rectifications.found_by = '案件督办' and rectifications.due_date is not null then 1 else 0 end
            as is_supervised_due,
        case
            when rectifications.found_by = '案件督办' and rectifications.written_off_date <= rectifications.due_date then 1
            else 0
        end as is_supervised_on_time
    from rectifications
)

select * from final
