with delivered as (
    select * from {{ source('cases', 'returns') }}
),

in_force as (
    {{ in_force('returns') }}
),

final as (
    select
        delivered.court_code,
        delivered.item_code,
        delivered.reported_value,
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
