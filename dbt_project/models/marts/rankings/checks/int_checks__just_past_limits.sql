with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

final as (
    select
        'GC10' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case
            when days_to_close between 91 and 97 or days_to_close between 181 and 187 then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '立案后第 ' || cast(days_to_close as {{ dbt.type_string() }}) || ' 天结案' as detail_zh,
        'Closed on day ' || cast(days_to_close as {{ dbt.type_string() }}) || ' after filing' as detail_en
    from cases
    where
        case_type = '执'
        and is_actual_closure = 1
        and (days_to_close between 61 and 120 or days_to_close between 151 and 210)
)

select * from final
