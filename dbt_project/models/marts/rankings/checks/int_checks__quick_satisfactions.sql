with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

final as (
    select
        'GC12' as check_code,
        court_code,
        cast({{ dbt.date_trunc('month', 'closed_date') }} as date) as period_month,
        case_id,
        case_number,
        case when days_to_close <= 7 then 1 else 0 end as hit_count,
        1 as trial_count,
        '恢复立案后第 ' || cast(days_to_close as {{ dbt.type_string() }}) || ' 天执行完毕' as detail_zh,
        'Fully satisfied on day ' || cast(days_to_close as {{ dbt.type_string() }})
        || ' after the resumption' as detail_en
    from resumptions
    where closing_code = 'full_satisfaction'
)

select * from final
