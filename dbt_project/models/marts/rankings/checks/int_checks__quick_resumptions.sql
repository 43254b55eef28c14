with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

final as (
    select
        'GC11' as check_code,
        court_code,
        filed_month as period_month,
        case_id,
        case_number,
        case when days_to_resumption <= 90 then 1 else 0 end as hit_count,
        1 as trial_count,
        '终本后第 ' || cast(days_to_resumption as {{ dbt.type_string() }}) || ' 天恢复' as detail_zh,
        'Resumed on day ' || cast(days_to_resumption as {{ dbt.type_string() }})
        || ' after suspension' as detail_en
    from resumptions
    where is_linked = 1 and original_closing_code = 'suspension'
)

select * from final
