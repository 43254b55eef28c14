with delivered as (
    select * from {{ source('linkage', 'entrustments') }}
),

in_force as (
    {{ in_force('entrustments') }}
),

final as (
    select
        delivered.entrustment_id,
        delivered.entrusting_court_code,
        delivered.court_code,
        delivered.matter,
        delivered.accepted_at,
        delivered.due_at,
        delivered.completed_at,
        delivered._extract_month as extract_month,
        delivered._delivery_id,
        delivered._row_number
    from delivered
    inner join in_force
        on
            delivered._delivery_id = in_force.delivery_id
            and delivered.court_code = in_force.court_code
)

select * from final
