with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

final as (
    select
        'GC08' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case
            when coalesce(recovered_amount, 0) = 0 and coalesce(waived_amount, 0) = 0 then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '执行完毕而到位、放弃均为零，标的 ' || cast(claim_amount as {{ dbt.type_string() }}) || ' 元' as detail_zh,
        'Fully satisfied with nothing recovered or waived of '
        || cast(claim_amount as {{ dbt.type_string() }}) || ' yuan' as detail_en
    from cases
    where is_full_satisfaction = 1 and claim_amount > 0
)

select * from final
