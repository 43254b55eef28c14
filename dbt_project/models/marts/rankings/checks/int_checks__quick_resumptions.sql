with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

timed as (
    {{ falling_due('resumptions', 'original_closed_date', 'soon_until', limit_code='GC11', rolls=false) }}
),

final as (
    select
        'GC11' as check_code,
        court_code,
        filed_month as period_month,
        case_id,
        case_number,
        case when filed_date <= soon_until then 1 else 0 end as hit_count,
        1 as trial_count,
        '终本后第 ' || cast(days_to_resumption as {{ dbt.type_string() }}) || ' 天恢复' as detail_zh,
        'Resumed on day ' || cast(days_to_resumption as {{ dbt.type_string() }})
        || ' after suspension' as detail_en
    from timed
    where is_linked = 1 and original_closing_code = 'suspension'
)

select * from final
