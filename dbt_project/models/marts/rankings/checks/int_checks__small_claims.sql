with cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

limited as (
    {{ beside_thresholds('cases', 'closed_month', small_claim='GC03 in yuan') }}
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
    from limited
    where case_type = '执' and is_closed = 1 and claim_amount > 0 and claim_amount <= small_claim
)

select * from final
