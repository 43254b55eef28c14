with rectifications as (
    select * from {{ ref('stg_cases__rectifications') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by item_id
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from rectifications
),

final as (
    select
        item_id,
        court_code,
        problem_class,
        found_by,
        found_date,
        due_date,
        written_off_date,
        indicator_code,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
