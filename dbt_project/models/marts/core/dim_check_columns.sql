with check_columns as (
    select * from {{ ref('check_columns') }}
),

final as (
    select
        check_code,
        kind,
        column_name
    from check_columns
)

select * from final
