-- Each statement is asked by the function of its name in the module beside this file.

-- name: modes
select
    mode_code,
    name_zh,
    name_en,
    notice_zh,
    notice_en
from core.dim_presentation_modes
qualify row_number() over (partition by mode_code order by valid_from desc) = 1
order by valid_from, mode_code;

-- name: mode_in_force
select mode_code
from core.dim_presentation_modes
where valid_from <= cast($month as date) and (valid_to is null or valid_to >= cast($month as date))
order by valid_from desc
limit 1;

-- name: interval_statuses
select
    interval_status,
    name_zh,
    name_en,
    note_zh,
    note_en
from core.dim_interval_statuses
order by sort_order, interval_status;

-- name: month_label
with closing as (
    select coalesce(bool_or(is_closed), false) as is_closed
    from performance.fct_month_closings
    where province_code = $province and period_month = cast($month as date)
),

changed as (
    select count(*) > 0 as is_restated
    from performance.fct_published_values
    where
        province_code = $province and period_month = cast($month as date) and window_code = 'month'
        and is_in_force and value_label = 'restated'
)

select
    case
        when changed.is_restated then 'restated'
        when closing.is_closed then 'official'
        else 'may_be_amended'
    end as label
from closing, changed;
