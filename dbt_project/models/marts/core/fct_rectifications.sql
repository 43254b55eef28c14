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
        1 as item_one,
        case when rectifications.written_off_date is not null then 1 else 0 end as is_written_off
    from rectifications
)

select * from final
