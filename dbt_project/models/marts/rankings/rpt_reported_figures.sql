with returns as (
    select * from {{ ref('fct_returns') }}
),

items as (
    select * from {{ ref('reported_items') }}
),

court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

deliveries as (
    select
        delivery_courts.court_code,
        delivery_courts.extract_month,
        delivery_courts.kind,
        delivery_courts.is_in_force,
        deliveries.received_at
    from {{ ref('stg_ledger__delivery_courts') }} as delivery_courts
    inner join {{ ref('stg_ledger__deliveries') }} as deliveries
        on delivery_courts.delivery_id = deliveries.delivery_id
),

receipts as (
    select
        court_code,
        extract_month as period_month,
        max(case when kind = 'returns' and is_in_force then received_at end) as return_received_at,
        min(case when kind = 'cases' then received_at end) as cases_first_received_at,
        max(case when kind = 'cases' and is_in_force then received_at end) as cases_received_at
    from deliveries
    group by court_code, extract_month
),

balances as (
    select
        court_code,
        period_month,
        sum(case item_code
            when '旧存' then reported_value
            when '新收' then reported_value
            when '结案' then -1 * reported_value
            when '未结' then -1 * reported_value
        end) as imbalance
    from returns
    where item_code in ('旧存', '新收', '结案', '未结')
    group by court_code, period_month
    having count(*) = 4
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
        coalesce(exceptions.exception_count, 0) as exception_count,
        coalesce(receipts.cases_received_at > receipts.return_received_at, false) as is_cases_later,
        coalesce(receipts.cases_first_received_at < receipts.cases_received_at, false) as is_redelivered,
        returns.item_code in ('旧存', '新收', '结案', '未结')
        and coalesce(balances.imbalance, 0) <> 0 as is_out_of_balance
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
    left join receipts
        on
            returns.court_code = receipts.court_code
            and returns.period_month = receipts.period_month
    left join balances
        on
            returns.court_code = balances.court_code
            and returns.period_month = balances.period_month
),

judged as (
    select
        *,
        case
            when measure_code is null then 'not_recomputable'
            when not is_delivered then 'cases_not_delivered'
            when difference <= tolerance and difference + tolerance >= 0 then 'within'
            when is_out_of_balance then 'return_out_of_balance'
            when is_cases_later and is_redelivered then 'cases_redelivered'
            when is_cases_later then 'cases_delivered_late'
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
                then difference <= tolerance and difference + tolerance >= 0
        end as is_within,
        reason_code,
        case reason_code
            when 'not_recomputable' then '该项目不能由执行案件推算，只作登记'
            when 'cases_not_delivered' then '本月未交付案件数据，无从核对'
            when 'within' then '在允许误差之内'
            when 'cases_redelivered' then '报表之后案件数据又重报，报表未随之更正'
            when 'cases_delivered_late' then '案件数据晚于报表收到，两者时点不同'
            when 'return_out_of_balance' then '报表自身不平：旧存加新收减结案不等于未结'
            when 'case_flow_exceptions' then '本月有案件流转例外（见例外清单），报表与现在的推算时点不同'
            else '差异未说明，请法院核对报表与案件'
        end as reason_zh,
        case reason_code
            when 'not_recomputable' then 'Cannot be worked out from enforcement cases; recorded only'
            when 'cases_not_delivered' then 'No cases were delivered for the month, nothing to compare with'
            when 'within' then 'Within tolerance'
            when 'cases_redelivered'
                then 'Cases were delivered again after the return, which was not corrected with them'
            when 'cases_delivered_late' then 'Cases were received after the return: two points in time'
            when 'return_out_of_balance'
                then 'The return does not balance in itself: opening plus new less closed is not pending'
            when 'case_flow_exceptions'
                then
                    'Cases with exceptions of flow in the month, see their list: the return was made at another time'
            else 'Unexplained: the court should check its return against its cases'
        end as reason_en
    from judged
)

select * from final
