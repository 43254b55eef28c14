-- Each statement is asked by the function of its name in the module beside this file.

-- name: series
with chosen as (
    select t.*
    from rankings.rpt_indicator_trends as t
    where
        t.window_code = $window and list_contains($courts, t.court_code)
        and list_contains($indicators, t.indicator_code)
    qualify row_number() over (
        partition by t.court_code, t.indicator_code, t.period_month
        order by case t.scope_code when $scope then 0 when 'own' then 1 else 2 end
    ) = 1
),

facts as (
    select
        court_code,
        scope_code,
        period_month,
        indicator_code,
        definition_version,
        months_in_window,
        months_expected
    from performance.fct_court_indicators
    where
        window_code = $window and list_contains($courts, court_code)
        and list_contains($indicators, indicator_code)
),

intervals as (
    select
        court_code,
        scope_code,
        period_month,
        indicator_code,
        definition_version,
        value_low,
        value_high,
        judged_status,
        doubt_code,
        is_concentrated,
        value_without_largest,
        is_change_significant
    from performance.fct_court_intervals
    where
        window_code = $window and list_contains($courts, court_code)
        and list_contains($indicators, indicator_code)
)

select
    x.court_code,
    x.scope_code,
    x.period_month,
    x.indicator_code,
    x.numerator,
    x.denominator,
    x.case_count,
    x.value,
    coalesce(v.judged_status, x.status) as status,
    v.doubt_code,
    v.is_concentrated,
    v.value_without_largest,
    x.definition_version,
    x.value_change,
    -- A window that was not full yet is no year to compare with.
    case when y.months_in_window = y.months_expected then x.same_month_last_year_value end
        as same_month_last_year_value,
    x.peer_group,
    x.peer_median,
    x.peer_q25,
    x.peer_q75,
    x.province_value,
    f.months_in_window,
    f.months_expected,
    v.value_low,
    v.value_high,
    v.is_change_significant,
    c.short_name_zh,
    c.short_name_en
from chosen as x
inner join core.dim_courts as c on x.court_code = c.court_code
left join facts as f
    on
        x.court_code = f.court_code and x.scope_code = f.scope_code and x.period_month = f.period_month
        and x.indicator_code = f.indicator_code and x.definition_version = f.definition_version
left join facts as y
    on
        x.court_code = y.court_code and x.scope_code = y.scope_code
        and x.period_month = y.period_month + interval 1 year
        and x.indicator_code = y.indicator_code and x.definition_version = y.definition_version
left join intervals as v
    on
        x.court_code = v.court_code and x.scope_code = v.scope_code and x.period_month = v.period_month
        and x.indicator_code = v.indicator_code and x.definition_version = v.definition_version
order by x.indicator_code, c.sort_order, x.period_month;

-- name: other_versions
select
    court_code,
    scope_code,
    period_month,
    indicator_code,
    definition_version,
    value
from performance.fct_court_indicators
where
    window_code = $window and not is_in_force and value is not null
    and list_contains($courts, court_code) and list_contains($indicators, indicator_code)
order by indicator_code, court_code, definition_version, period_month;

-- name: restatements
select
    court_code,
    scope_code,
    period_month,
    indicator_code,
    definition_version,
    old_value,
    new_value,
    cause_zh,
    cause_en,
    last_file_name,
    last_received_at,
    old_snapshot_id
from rankings.rpt_restatements
where
    window_code = $window and is_value_restated
    and list_contains($courts, court_code) and list_contains($indicators, indicator_code)
order by period_month, indicator_code, court_code;

-- name: ranks
select
    r.court_code,
    r.period_month,
    r.rank,
    r.rank_low,
    r.rank_high,
    r.ranked_count
from rankings.rpt_court_rankings as r
inner join core.dim_courts as c on r.court_code = c.court_code
where
    r.peer_group = $peer and c.province_code = $province and r.window_code = $window
    and r.indicator_code = $indicator and r.rank is not null
    and r.period_month between cast(cast($month as date) - interval 23 month as date) and cast($month as date)
order by c.sort_order, r.period_month;

-- name: bounds
select
    indicator_code,
    definition_version,
    valid_from,
    superseded_from,
    target_value,
    interval_low,
    interval_high
from core.dim_indicators
where
    list_contains($indicators, indicator_code) and coalesce(target_window, $window) = $window
    and coalesce(target_value, interval_low, interval_high) is not null
order by indicator_code, valid_from;

-- name: events
with versions as (
    select
        *,
        lead(definition_version) over (partition by indicator_code order by valid_from) as next_version,
        lead(valid_from) over (partition by indicator_code order by valid_from) as next_from
    from core.dim_indicators
    where list_contains($indicators, indicator_code)
)

select
    event_date,
    indicator_code,
    kind,
    title_zh,
    title_en
from core.dim_events
where indicator_code is null or list_contains($indicators, indicator_code)
union all
select
    coalesce(superseded_from, next_from) as event_date,
    indicator_code,
    'definition' as kind,
    short_name_zh || '：口径由第' || definition_version || '版改为第' || next_version || '版' as title_zh,
    short_name_en || ': definition version ' || next_version || ' takes over from ' || definition_version as title_en
from versions
where next_version is not null
order by event_date, indicator_code;
