with cases as (
    select
        *,
        {{ dbt.datediff('received_date', 'filed_date', 'day') }} as days_waited
    from {{ ref('fct_enforcement_cases') }}
),

-- The limit in its days, as the practice is told: a limit that ends on a day off is not filed late for that.
timed as (
    {{ falling_due('cases', 'received_date', 'due_date', limit_code='N01', rolls=false) }}
),

final as (
    select
        'GC14' as check_code,
        court_code,
        filed_month as period_month,
        case_id,
        case_number,
        case when filed_date > due_date then 1 else 0 end as hit_count,
        1 as trial_count,
        '收到材料后第 ' || cast(days_waited as {{ dbt.type_string() }}) || ' 天立案' as detail_zh,
        'Filed on day ' || cast(days_waited as {{ dbt.type_string() }}) || ' after receipt' as detail_en
    from timed
    where received_date is not null and case_type = '执'
)

select * from final
