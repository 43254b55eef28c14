with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

final as (
    select
        'GC13' as check_code,
        court_code,
        cast(
            case
                when extract(month from filed_month) = 1 then filed_month
                else {{ dbt.dateadd('month', 1, 'filed_month') }}
            end as date
        ) as period_month,
        case_id,
        case_number,
        case when extract(month from filed_month) = 1 then 1 else 0 end as hit_count,
        1 as trial_count,
        '一月立案，收到材料 ' || cast(received_date as {{ dbt.type_string() }}) as detail_zh,
        'Filed in January, received ' || cast(received_date as {{ dbt.type_string() }}) as detail_en
    from cases
    where case_type = '执' and extract(month from filed_month) in (12, 1)
)

select * from final
