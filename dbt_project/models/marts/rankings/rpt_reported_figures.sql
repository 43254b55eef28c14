with returns as (
    select * from {{ ref('fct_returns') }}
),

items as (
    select * from {{ ref('reported_items') }}
),

court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

exceptions as (
    select
        court_code,
        period_month,
        count(*) as exception_count
    from {{ ref('int_case_flow_exceptions_listed') }}
    group by court_code, period_month
),

compared as (
    select
        returns.court_code,
        returns.period_month,
        returns.item_code,
        items.measure_code,
        items.case_scope,
        returns.reported_value,
        court_measures.measure_value as recomputed_value,
        returns.reported_value - court_measures.measure_value as difference,
        cast(items.tolerance as decimal(24, 2)) as tolerance,
        coalesce(court_measures.is_delivered, false) as is_delivered,
        coalesce(exceptions.exception_count, 0) as exception_count
    from returns
    left join items
        on returns.item_code = items.item_code
    left join court_measures
        on
            returns.court_code = court_measures.court_code
            and court_measures.scope_code = 'own'
            and returns.period_month = court_measures.period_month
            and items.case_scope = court_measures.case_scope
            and items.measure_code = court_measures.measure_code
    left join exceptions
        on
            returns.court_code = exceptions.court_code
            and returns.period_month = exceptions.period_month
),

judged as (
    select
        *,
        case
            when measure_code is null then 'not_recomputable'
            when not is_delivered then 'cases_not_delivered'
            when difference <= tolerance and difference >= -tolerance then 'within'
            when exception_count > 0 then 'case_flow_exceptions'
            else 'unexplained'
        end as reason_code
    from compared
),

final as (
    select
        court_code,
        period_month,
        item_code,
        measure_code,
        case_scope,
        cast(reported_value as decimal(24, 2)) as reported_value,
        recomputed_value,
        cast(difference as decimal(24, 2)) as difference,
        tolerance,
        case
            when measure_code is not null and is_delivered
                then difference <= tolerance and difference >= -tolerance
        end as is_within,
        reason_code,
        case reason_code
            when 'not_recomputable' then '该项目不能由执行案件推算，只作登记'
            when 'cases_not_delivered' then '本月未交付案件数据，无从核对'
            when 'within' then '在允许误差之内'
            when 'case_flow_exceptions' then '本月有案件流转例外（见例外清单），报表与现在的推算时点不同'
            else '差异未说明，请法院核对报表与案件'
        end as reason_zh,
        case reason_code
            when 'not_recomputable' then 'Cannot be worked out from enforcement cases; recorded only'
            when 'cases_not_delivered' then 'No cases were delivered for the month, nothing to compare with'
            when 'within' then 'Within tolerance'
            when 'case_flow_exceptions'
                then
                    'Cases with exceptions of flow in the month, see their list: the return was made at another time'
            else 'Unexplained: the court should check its return against its cases'
        end as reason_en
    from judged
)

select * from final
