with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

limited as (
    {{
        beside_thresholds(
            'cases', 'closed_month', first_limit='GC10_FIRST in day', second_limit='GC10_SECOND in day',
            past='GC10_PAST in day', around='GC10_AROUND in day'
        )
    }}
),

measured as (
    select
        *,
        days_to_close - first_limit as past_first,
        days_to_close - second_limit as past_second
    from limited
),

final as (
    select
        'GC10' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case
            when past_first > 0 and past_first <= past then 1
            when past_second > 0 and past_second <= past then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '立案后第 ' || cast(days_to_close as {{ dbt.type_string() }}) || ' 天结案' as detail_zh,
        'Closed on day ' || cast(days_to_close as {{ dbt.type_string() }}) || ' after filing' as detail_en
    from measured
    where
        case_type = '执'
        and is_actual_closure = 1
        and (
            (past_first + around > 0 and past_first <= around)
            or (past_second + around > 0 and past_second <= around)
        )
)

select * from final
