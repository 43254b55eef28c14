with evidence as (
    select * from {{ ref('int_suspensions_evidenced') }}
),

reasons as (
    select * from {{ ref('suspension_check_reasons') }}
),

check_sets as (
    select * from {{ ref('suspension_check_sets') }}
),

judged as (
    select
        case_id,
        'SC00' as check_id,
        case
            when is_requested then 'exempt_requested'
            when closed_date > earliest_date then 'met'
            else 'earlier_than_three_months'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC01' as check_id,
        case
            when notice_date is null then 'no_notice'
            when property_order_date is null then 'no_property_order'
            else 'met'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC02' as check_id,
        case
            when not is_linkage_delivered then 'linkage_not_delivered'
            when fresh_unit_count = required_unit_count then 'met'
            when network_query_count = 0 and first_query_date is not null then 'queries_missing'
            when respondent_kind = '非法人组织' then 'respondent_may_be_exempt'
            else 'query_coverage_short'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC03' as check_id,
        case
            when other_query_count + investigation_count > 0 then 'met'
            else 'investigation_not_carried'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC04' as check_id,
        'special_assets_not_carried' as reason_code
    from evidence
    union all
    select
        case_id,
        'SC05' as check_id,
        case
            when not is_nodes_delivered then 'nodes_not_delivered'
            when clue_count = 0 then 'no_clue'
            when verified_clue_count = clue_count then 'met'
            else 'clue_unverified'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC06' as check_id,
        case
            when running_lot_count > 0 then 'lot_still_running'
            when has_property is null then 'property_unknown'
            when has_property then 'property_reason_not_carried'
            else 'met'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC07' as check_id,
        case
            when is_restricted then 'met'
            else 'not_restricted'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC08' as check_id,
        case
            when is_requested then 'exempt_requested'
            when suspension_interview_date is null then 'no_interview'
            when suspension_interview_date > closed_date then 'interview_after_closing'
            else 'met'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC09' as check_id,
        case
            when claim_amount = 0 then 'act_without_amount'
            when outstanding_amount is null then 'outstanding_unknown'
            when outstanding_amount > 0 then 'met'
            else 'nothing_outstanding'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC10' as check_id,
        case
            when suspension_ruling_date is null then 'no_ruling'
            else 'met'
        end as reason_code
    from evidence
    union all
    select
        case_id,
        'SC11' as check_id,
        'respondent_state_not_carried' as reason_code
    from evidence
    union all
    select
        case_id,
        'SC12' as check_id,
        case
            when claim_amount is null then 'claim_unknown'
            when claim_amount = 0 then 'claims_an_act'
            else 'met'
        end as reason_code
    from evidence
),

final as (
    select
        judged.case_id,
        judged.check_id,
        reasons.result,
        judged.reason_code
    from judged
    inner join evidence
        on judged.case_id = evidence.case_id
    inner join check_sets
        on
            judged.check_id = check_sets.check_id
            and coalesce(check_sets.valid_from, evidence.closed_date) <= evidence.closed_date
            and evidence.closed_date <= coalesce(check_sets.valid_to, evidence.closed_date)
    inner join reasons
        on judged.reason_code = reasons.reason_code
)

select * from final
