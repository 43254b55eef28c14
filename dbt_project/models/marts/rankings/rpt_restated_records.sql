with changes as (
    select * from {{ ref('stg_ledger__redelivery_changes') }}
),

delivery_courts as (
    select * from {{ ref('stg_ledger__delivery_courts') }}
),

deliveries as (
    select * from {{ ref('stg_ledger__deliveries') }}
),

case_rows as (
    select * from {{ ref('int_case_rows_delivered') }}
),

closings as (
    select * from {{ ref('stg_published__closings') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

known_deliveries as (
    select
        delivery_id,
        court_code,
        min(sequence_number) as known_number
    from {{ ref('stg_published__deliveries') }}
    group by delivery_id, court_code
),

known_months as (
    select
        court_code,
        kind,
        extract_month,
        min(sequence_number) as known_number
    from {{ ref('stg_published__deliveries') }}
    group by court_code, kind, extract_month
),

after_closing as (
    select
        delivery_courts.delivery_id,
        delivery_courts.kind,
        delivery_courts.court_code,
        delivery_courts.extract_month,
        coalesce(known_months.known_number <= closings.sequence_number, false) as is_redelivery
    from delivery_courts
    inner join courts
        on delivery_courts.court_code = courts.court_code
    inner join closings
        on
            courts.province_code = closings.province_code
            and delivery_courts.extract_month = closings.period_month
    left join known_deliveries
        on
            delivery_courts.delivery_id = known_deliveries.delivery_id
            and delivery_courts.court_code = known_deliveries.court_code
    left join known_months
        on
            delivery_courts.court_code = known_months.court_code
            and delivery_courts.kind = known_months.kind
            and delivery_courts.extract_month = known_months.extract_month
    where
        known_deliveries.known_number is null
        or known_deliveries.known_number > closings.sequence_number
),

listed as (
    select
        after_closing.delivery_id,
        after_closing.kind,
        after_closing.court_code,
        after_closing.extract_month,
        'redelivery' as cause_code,
        changes.record_key,
        changes.change,
        changes.changed_columns
    from after_closing
    inner join changes
        on
            after_closing.delivery_id = changes.new_delivery_id
            and after_closing.court_code = changes.court_code
    where after_closing.is_redelivery
    union all
    select
        after_closing.delivery_id,
        after_closing.kind,
        after_closing.court_code,
        after_closing.extract_month,
        'late_delivery' as cause_code,
        case_rows.case_id as record_key,
        'added' as change,
        cast(null as {{ dbt.type_string() }}) as changed_columns
    from after_closing
    inner join case_rows
        on
            after_closing.delivery_id = case_rows.delivery_id
            and after_closing.court_code = case_rows.court_code
    where
        not after_closing.is_redelivery
        and after_closing.kind = 'cases'
),

final as (
    select
        listed.court_code,
        listed.extract_month,
        listed.kind,
        listed.record_key,
        case when listed.kind = 'cases' then listed.record_key end as case_id,
        listed.change,
        listed.changed_columns,
        listed.cause_code,
        listed.delivery_id,
        deliveries.file_name,
        deliveries.received_at
    from listed
    left join deliveries
        on listed.delivery_id = deliveries.delivery_id
)

select * from final
