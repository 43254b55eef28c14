with activities as (
    select * from {{ ref('stg_linkage__activities') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by court_code, activity, occurred_date
            order by
                extract_month desc,
                _delivery_id desc,
                _row_number desc
        ) as version_number
    from activities
),

final as (
    select
        court_code,
        activity,
        occurred_date,
        activity_count,
        person_count,
        amount,
        extract_month
    from numbered
    where version_number = 1
)

select * from final
