with cases as (
    select
        *,
        cast({{ dbt.dateadd('month', 1, 'extract_month') }} as date) as next_month
    from {{ ref('stg_cases__cases') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by case_id, court_code, extract_month
            order by _delivery_id desc, _row_number desc
        ) as version_number
    from cases
),

final as (
    select
        case_id,
        court_code,
        extract_month,
        case_number,
        case_type,
        filed_date,
        closed_date,
        case
            when filed_date < extract_month and coalesce(closed_date, next_month) >= extract_month then 1
            else 0
        end as is_opening,
        case
            when
                filed_date >= extract_month
                and filed_date < next_month
                and coalesce(closed_date, next_month) >= extract_month
                then 1
            else 0
        end as is_new,
        case
            when filed_date < next_month and closed_date >= extract_month and closed_date < next_month then 1
            else 0
        end as is_closed,
        case
            when filed_date < next_month and coalesce(closed_date, next_month) >= next_month then 1
            else 0
        end as is_pending
    from numbered
    where version_number = 1
)

select * from final
