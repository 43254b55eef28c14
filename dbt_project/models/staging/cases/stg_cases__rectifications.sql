with delivered as (
    select * from {{ source('cases', 'rectifications') }}
),

in_force as (
    {{ in_force('rectifications') }}
),

final as (
    select
        delivered.item_id,
        delivered.court_code,
        delivered.problem_class,
        delivered.found_by,
        delivered.found_date,
        delivered.due_date,
        delivered.written_off_date,
        delivered.indicator_code,
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
