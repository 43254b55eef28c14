with claims as (
    select * from {{ ref('int_claims_changed') }}
),

limited as (
    {{ beside_thresholds('claims', 'closed_date', smaller_by='GC20 in ratio') }}
),

final as (
    select
        'GC20' as check_code,
        court_code,
        cast({{ dbt.date_trunc('month', 'closed_date') }} as date) as period_month,
        case_id,
        case_number,
        case when last_claim_amount < first_claim_amount * (1 - smaller_by) then 1 else 0 end as hit_count,
        1 as trial_count,
        '标的由 ' || cast(first_claim_amount as {{ dbt.type_string() }}) || ' 元改为 '
        || cast(last_claim_amount as {{ dbt.type_string() }}) || ' 元' as detail_zh,
        'Claim changed from ' || cast(first_claim_amount as {{ dbt.type_string() }}) || ' to '
        || cast(last_claim_amount as {{ dbt.type_string() }}) || ' yuan' as detail_en
    from limited
    where case_type in ('执', '执恢') and first_claim_amount > 0 and closed_date is not null
)

select * from final
