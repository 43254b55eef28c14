select
    months.period_month,
    count(modes.mode_code) as mode_count
from {{ ref('dim_months') }} as months
left join {{ ref('dim_presentation_modes') }} as modes
    on
        months.period_month >= modes.valid_from
        and months.period_month <= coalesce(modes.valid_to, months.period_month)
group by months.period_month
having count(modes.mode_code) <> 1
