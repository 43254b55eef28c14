with cases as (
    select
        *,
        cast({{ dbt.dateadd('month', 1, 'closed_month') }} as date) as next_month
    from {{ ref('fct_enforcement_cases') }}
),

timed as (
    {{
        falling_due(
            'cases', 'next_month', 'late_from', limit_code='GC16', count='-limits.limit_count', rolls=false,
            carrying=['words_zh', 'words_en']
        )
    }}
),

final as (
    select
        'GC16' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case
            when closed_date >= late_from then 1
            else 0
        end as hit_count,
        1 as trial_count,
        '月末' || words_zh || '内结案：' || cast(closed_date as {{ dbt.type_string() }}) as detail_zh,
        'Closed in the last ' || words_en || ' of the month: '
        || cast(closed_date as {{ dbt.type_string() }}) as detail_en
    from timed
    where is_closed = 1 and case_type in ('执', '执恢')
)

select * from final
