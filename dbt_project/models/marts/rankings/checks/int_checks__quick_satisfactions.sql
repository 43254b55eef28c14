with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

timed as (
    {{ falling_due('resumptions', 'filed_date', 'soon_until', limit_code='GC12', rolls=false) }}
),

final as (
    select
        'GC12' as check_code,
        court_code,
        cast({{ dbt.date_trunc('month', 'closed_date') }} as date) as period_month,
        case_id,
        case_number,
        case when closed_date <= soon_until then 1 else 0 end as hit_count,
        1 as trial_count,
        '恢复立案后第 ' || cast(days_to_close as {{ dbt.type_string() }}) || ' 天执行完毕' as detail_zh,
        'Fully satisfied on day ' || cast(days_to_close as {{ dbt.type_string() }})
        || ' after the resumption' as detail_en
    from timed
    where closing_code = 'full_satisfaction'
)

select * from final
