with restrictions as (
    select * from {{ ref('int_restrictions_deduplicated') }}
),

persons as (
    select * from {{ ref('int_persons_keyed') }}
),

final as (
    select
        restrictions.restriction_id,
        restrictions.case_number,
        restrictions.case_number_raw,
        restrictions.case_number_status,
        restrictions.court_code,
        restrictions.issued_date,
        restrictions.lifted_date,
        restrictions.extract_month as last_delivered_month,
        persons.person_key,
        cast({{ dbt.date_trunc('month', 'restrictions.issued_date') }} as date) as issued_month,
        1 as restriction_one
    from restrictions
    left join persons
        on restrictions.person_hash = persons.person_hash
)

select * from final
