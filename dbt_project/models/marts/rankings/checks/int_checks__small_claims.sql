with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

final as (
    select
        'GC03' as check_code,
        court_code,
        closed_month as period_month,
        case_id,
        case_number,
        is_suspension as hit_count,
        1 as trial_count,
        '申请标的 ' || cast(claim_amount as {{ dbt.type_string() }}) || ' 元' as detail_zh,
        'Claim of ' || cast(claim_amount as {{ dbt.type_string() }}) || ' yuan' as detail_en
    from cases
    where case_type = '执' and is_closed = 1 and claim_amount > 0 and claim_amount <= 10000
)

select * from final
