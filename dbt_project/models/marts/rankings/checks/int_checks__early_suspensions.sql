with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

timed as (
    {{ falling_due('cases', 'filed_date', 'earliest_date', limit_code='N29', rolls=false) }}
),

final as (
    select
        'GC01' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case
            when closed_date <= earliest_date then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '立案后第 ' || cast(days_to_close as {{ dbt.type_string() }}) || ' 天终本' as detail_zh,
        'Suspended on day ' || cast(days_to_close as {{ dbt.type_string() }}) || ' after filing' as detail_en
    from timed
    where is_suspension = 1 and case_type in ('执', '执恢')
)

select * from final
