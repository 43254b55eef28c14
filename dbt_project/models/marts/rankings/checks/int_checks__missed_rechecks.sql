with rechecks as (
    select * from {{ ref('fct_suspension_rechecks') }}
),

suspensions as (
    select * from {{ ref('fct_suspensions') }}
),

final as (
    select
        'GC05' as check_code,
        rechecks.court_code,
        rechecks.due_month as period_month,
        rechecks.case_id,
        suspensions.case_number,
        rechecks.is_missed_recheck as hit_count,
        1 as trial_count,
        '第 ' || cast(rechecks.duty_number as {{ dbt.type_string() }}) || ' 次定期查询未做' as detail_zh,
        'Re-check number ' || cast(rechecks.duty_number as {{ dbt.type_string() }})
        || ' was not made' as detail_en
    from rechecks
    inner join suspensions
        on rechecks.case_id = suspensions.case_id
    where rechecks.is_due_recheck = 1
)

select * from final
