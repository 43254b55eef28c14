with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

final as (
    select
        'GC09' as check_code,
        court_code,
        filed_month as period_month,
        case_id,
        case_number,
        case when original_closing_code = 'suspension' then 0 else 1 end as hit_count,
        1 as trial_count,
        '恢复的 ' || original_case_number || ' 当时并非终本' as detail_zh,
        'Resumes ' || original_case_number || ', which was not suspended' as detail_en
    from resumptions
    where is_linked = 1 and original_closing_code is not null
)

select * from final
