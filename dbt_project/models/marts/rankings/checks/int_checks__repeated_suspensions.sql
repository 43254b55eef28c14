with suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

ordered as (
    select
        *,
        row_number() over (
            partition by root_case_id
            order by suspended_date, case_id
        ) as place_in_chain
    from suspensions
),

final as (
    select
        'GC04' as check_code,
        court_code,
        suspended_month as period_month,
        case_id,
        case_number,
        case when place_in_chain > 1 then 1 else 0 end as hit_count,
        1 as trial_count,
        '同一首执案件的第 ' || cast(place_in_chain as {{ dbt.type_string() }}) || ' 次终本' as detail_zh,
        'Suspension number ' || cast(place_in_chain as {{ dbt.type_string() }})
        || ' of one first-enforcement case' as detail_en
    from ordered
)

select * from final
