-- Each statement is asked by the function of its name in the module beside this file.

-- name: core_set
select
    indicator_code,
    item_number,
    target_window
from core.dim_indicator_sets
where
    set_role = 'core' and valid_from <= cast($month as date)
    and (valid_to is null or valid_to >= cast($month as date))
order by item_number;

-- name: province_indicators
select
    f.indicator_code,
    i.name_zh,
    i.name_en,
    i.short_name_zh,
    i.short_name_en,
    i.direction,
    i.unit,
    i.target_value,
    i.interval_low,
    i.interval_high,
    i.reference_value,
    i.is_working_definition,
    f.window_code,
    f.numerator,
    f.denominator,
    f.case_count,
    f.value,
    coalesce(n.judged_status, f.status) as status,
    n.is_concentrated,
    n.value_without_largest,
    f.definition_version,
    case when i.valid_from <= f.period_month - interval 1 month then f.value_change end as value_change,
    -- A window that was not full yet is no year to compare with.
    case
        when i.valid_from <= f.period_month - interval 1 year and y.months_in_window = y.months_expected
            then f.same_month_last_year_value
    end as same_month_last_year_value,
    f.months_in_window,
    f.months_expected,
    n.value_low,
    n.value_high,
    n.is_change_significant
from performance.fct_court_indicators as f
inner join core.dim_indicators as i
    on f.indicator_code = i.indicator_code and f.definition_version = i.definition_version
left join performance.fct_court_intervals as n
    on
        f.court_code = n.court_code and f.scope_code = n.scope_code and f.window_code = n.window_code
        and f.period_month = n.period_month and f.indicator_code = n.indicator_code
        and f.definition_version = n.definition_version
left join performance.fct_court_indicators as y
    on
        f.court_code = y.court_code and f.scope_code = y.scope_code and f.window_code = y.window_code
        and f.period_month = y.period_month + interval 1 year and f.indicator_code = y.indicator_code
        and f.definition_version = y.definition_version
where
    f.scope_code = 'province' and f.court_code = $court and f.window_code = $window and f.is_in_force
    and f.period_month = cast($month as date) and list_contains($codes, f.indicator_code)
order by i.sort_order, f.indicator_code;

-- name: province_history
select
    indicator_code,
    period_month,
    value
from performance.fct_court_indicators
where
    scope_code = 'province' and court_code = $court and window_code = $window and is_in_force
    and period_month between cast(cast($month as date) - to_months($back) as date) and cast($month as date)
order by indicator_code, period_month;

-- name: judged
select indicator_code
from core.dim_indicators
where
    variant_of is null and direction <> 'monitor' and valid_from <= cast($month as date)
    and (valid_to is null or valid_to >= cast($month as date))
    and coalesce(target_value, interval_low, interval_high) is not null
    and (target_window is null or target_window = $window)
order by sort_order, indicator_code;

-- name: standings
select
    r.indicator_code,
    r.court_code,
    c.short_name_zh,
    c.short_name_en,
    c.prefecture_code,
    c.prefecture_name_zh,
    c.prefecture_name_en,
    c.sort_order,
    r.value,
    r.case_count,
    r.rank,
    r.ranked_count,
    r.rank_low,
    r.rank_high,
    r.place_code,
    r.end_count,
    r.previous_rank,
    r.rank_change,
    r.score,
    r.status,
    r.interval_status,
    r.is_concentrated,
    r.value_without_largest,
    r.direction,
    r.unit,
    i.target_value,
    i.interval_low,
    i.interval_high,
    i.short_name_zh as indicator_zh,
    i.short_name_en as indicator_en,
    i.sort_order as indicator_order,
    f.value_change
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
left join performance.fct_court_indicators as f
    on
        r.court_code = f.court_code and r.scope_code = f.scope_code and r.window_code = f.window_code
        and r.period_month = f.period_month and r.indicator_code = f.indicator_code and f.is_in_force
left join core.dim_indicators as i
    on r.indicator_code = i.indicator_code and f.definition_version = i.definition_version
where
    r.peer_group = $peer and c.province_code = $province and r.window_code = $window
    and r.period_month = cast($month as date) and list_contains($codes, r.indicator_code)
order by c.sort_order, r.court_code, i.sort_order;

-- name: coverage
select
    q.kind,
    q.court_code,
    c.short_name_zh,
    c.short_name_en,
    q.status,
    q.is_delivered
from rankings.rpt_delivery_quality as q
inner join core.dim_courts as c on q.court_code = c.court_code
where q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
order by q.kind, c.sort_order;

-- name: knows_gaps
select count(*) as column_count from system.main.duckdb_columns()
where schema_name = 'rankings' and table_name = 'rpt_delivery_quality' and column_name = 'gap_reason';

-- name: gaps
select
    q.court_code,
    q.kind,
    q.gap_reason
from rankings.rpt_delivery_quality as q
inner join core.dim_courts as c on q.court_code = c.court_code
where
    q.extract_month = cast($month as date) and c.province_code = $province and q.is_expected
    and q.gap_reason is not null
order by c.sort_order, q.kind;

-- name: last_received
select max(q.last_received_at) as last_received_at
from rankings.rpt_delivery_quality as q
inner join core.dim_courts as c on q.court_code = c.court_code
where c.province_code = $province and q.extract_month = cast($month as date) and q.is_delivered;
