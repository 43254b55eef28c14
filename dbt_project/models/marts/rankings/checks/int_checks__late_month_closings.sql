with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

final as (
    select
        'GC16' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case
            when closed_date >= {{ dbt.dateadd('day', -10, dbt.dateadd('month', 1, 'closed_month')) }} then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '月末十日内结案：' || cast(closed_date as {{ dbt.type_string() }}) as detail_zh,
        'Closed in the last ten days of the month: '
        || cast(closed_date as {{ dbt.type_string() }}) as detail_en
    from cases
    where is_closed = 1 and case_type in ('执', '执恢')
)

select * from final
