with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

final as (
    select
        'GC06' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        case when closing_code = 'suspension' then 0 else 1 end as hit_count,
        1 as trial_count,
        '以' || closing_mode || '结案，没有终本' as detail_zh,
        'Closed by ' || closing_code || ', not by suspension' as detail_en
    from cases
    where case_type = '执' and closing_code in ('suspension', 'termination', 'withdrawal')
)

select * from final
