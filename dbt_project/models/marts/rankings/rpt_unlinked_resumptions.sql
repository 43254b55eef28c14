with resumptions as (
    select * from {{ ref('fct_resumptions') }}
),

final as (
    select
        case_id,
        case_number,
        court_code,
        filed_month as period_month,
        original_case_number,
        link_status,
        case link_status
            when 'no_number' then '没有填写首次执行案号'
            when 'ambiguous' then '首次执行案号对应多件案件'
            when 'before_deliveries' then '首次执行案件立案于首次交付年度之前，没有交付'
            else '首次执行案号在本院交付的案件中查无'
        end as detail_zh,
        case link_status
            when 'no_number' then 'No first-enforcement case number is given'
            when 'ambiguous' then 'Several cases bear the first-enforcement case number'
            when 'before_deliveries' then 'The first-enforcement case dates from a year before the first delivery'
            else 'No delivered case of this court bears the first-enforcement case number'
        end as detail_en
    from resumptions
    where is_unlinked = 1
)

select * from final
