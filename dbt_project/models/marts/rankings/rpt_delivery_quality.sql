with court_deliveries as (
    select * from {{ ref('fct_court_deliveries') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

deliveries as (
    select * from {{ ref('stg_ledger__deliveries') }}
),

rejected_rows as (
    select * from {{ ref('stg_rejects__rejected_rows') }}
),

failing_rows as (
    select * from {{ ref('stg_gate__failing_rows') }}
),

received as (
    select
        delivery_courts.court_code,
        delivery_courts.kind,
        delivery_courts.extract_month,
        count(distinct delivery_courts.delivery_id) as delivery_count,
        min(deliveries.received_at) as first_received_at,
        -- Null, and so in no doubt, if the first of them came earlier by its own time.
        case
            when count(deliveries.waited_since) = count(*) then max(deliveries.waited_since)
        end as waited_since,
        max(deliveries.received_at) as last_received_at
    from delivery_courts
    inner join deliveries
        on delivery_courts.delivery_id = deliveries.delivery_id
    where deliveries.status = 'accepted'
    group by delivery_courts.court_code, delivery_courts.kind, delivery_courts.extract_month
),

in_force as (
    select
        court_code,
        kind,
        extract_month,
        min(delivery_id) as delivery_id
    from delivery_courts
    where is_in_force
    group by court_code, kind, extract_month
),

refused_rows as (
    select distinct
        rejected_rows.court_code,
        rejected_rows.kind,
        rejected_rows.extract_month,
        rejected_rows.delivery_id,
        rejected_rows.row_number,
        rejected_rows.disposition
    from rejected_rows
    left join in_force
        on
            rejected_rows.court_code = in_force.court_code
            and rejected_rows.kind = in_force.kind
            and rejected_rows.extract_month = in_force.extract_month
    where
        in_force.delivery_id is null
        or in_force.delivery_id = rejected_rows.delivery_id
),

refused as (
    select
        court_code,
        kind,
        extract_month,
        sum(case when disposition = 'rejected' then 1 else 0 end) as rejected_count,
        sum(case when disposition = 'held' then 1 else 0 end) as held_count
    from refused_rows
    group by court_code, kind, extract_month
),

failures as (
    select
        court_code,
        kind,
        extract_month,
        sum(case when severity = 'label' then 1 else 0 end) as label_failures,
        sum(case when severity = 'block' then 1 else 0 end) as block_failures
    from failing_rows
    group by court_code, kind, extract_month
),

months as (
    select
        period_month,
        cast({{ dbt.dateadd('day', -1, 'next_month') }} as date) as last_day
    from {{ ref('dim_months') }}
),

due_months as (
    {{ falling_due('months', 'last_day', 'due_date', limit_code='LATE_DELIVERY', rolls=false) }}
),

joined as (
    select
        court_deliveries.period_month as extract_month,
        court_deliveries.court_code,
        court_deliveries.extract_kind as kind,
        court_deliveries.is_expected,
        court_deliveries.is_delivered,
        court_deliveries.is_nothing_to_report,
        court_deliveries.is_implausible,
        court_deliveries.gap_reason,
        coalesce(
            {{ beijing_day('received.first_received_at') }} > due_months.due_date
            and coalesce(due_months.due_date >= received.waited_since, true),
            false
        ) as is_late,
        coalesce(received.delivery_count, 0) as delivery_count,
        court_deliveries.accepted_count,
        coalesce(refused.rejected_count, 0) as rejected_count,
        coalesce(refused.held_count, 0) as held_count,
        coalesce(failures.label_failures, 0) as label_failures,
        coalesce(failures.block_failures, 0) as block_failures,
        received.first_received_at,
        received.last_received_at
    from court_deliveries
    left join due_months
        on court_deliveries.period_month = due_months.period_month
    left join received
        on
            court_deliveries.court_code = received.court_code
            and court_deliveries.extract_kind = received.kind
            and court_deliveries.period_month = received.extract_month
    left join refused
        on
            court_deliveries.court_code = refused.court_code
            and court_deliveries.extract_kind = refused.kind
            and court_deliveries.period_month = refused.extract_month
    left join failures
        on
            court_deliveries.court_code = failures.court_code
            and court_deliveries.extract_kind = failures.kind
            and court_deliveries.period_month = failures.extract_month
),

final as (
    select
        extract_month,
        court_code,
        kind,
        is_expected,
        is_delivered,
        is_implausible,
        gap_reason,
        is_late,
        cast(delivery_count as integer) as delivery_count,
        cast(accepted_count + rejected_count + held_count as bigint) as row_count,
        accepted_count,
        cast(rejected_count as bigint) as rejected_count,
        cast(held_count as bigint) as held_count,
        cast(label_failures as bigint) as label_failures,
        cast(block_failures as bigint) as block_failures,
        first_received_at,
        last_received_at,
        case
            when not is_delivered then 'not_delivered'
            when is_nothing_to_report then 'nothing_to_report'
            when is_late then 'late'
            when delivery_count > 1 then 'redelivered'
            else 'delivered'
        end as status
    from joined
)

select * from final
