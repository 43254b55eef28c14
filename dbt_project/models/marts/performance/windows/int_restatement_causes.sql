with published_values as (
    select * from {{ ref('fct_published_values') }}
),

official as (
    select * from {{ ref('int_values_published') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

court_scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

in_force as (
    select
        delivery_id,
        kind,
        court_code,
        extract_month,
        extract(year from extract_month) * 12 + extract(month from extract_month) as month_number
    from {{ ref('stg_ledger__delivery_courts') }}
    where is_in_force
),

known_deliveries as (
    select
        delivery_id,
        court_code,
        min(sequence_number) as known_number
    from {{ ref('stg_published__deliveries') }}
    group by delivery_id, court_code
),

known_months as (
    select
        court_code,
        kind,
        extract_month,
        min(sequence_number) as known_number
    from {{ ref('stg_published__deliveries') }}
    group by court_code, kind, extract_month
),

changes as (
    select
        new_delivery_id,
        court_code,
        sum(case when change = 'added' then 1 else 0 end) as added_count,
        sum(case when change = 'removed' then 1 else 0 end) as removed_count,
        sum(case when change = 'changed' then 1 else 0 end) as changed_count
    from {{ ref('stg_ledger__redelivery_changes') }}
    group by new_delivery_id, court_code
),

restated as (
    select distinct
        official.province_code,
        official.court_code,
        official.scope_code,
        official.window_code,
        official.period_month,
        official.closing_number
    from published_values
    inner join official
        on
            published_values.court_code = official.court_code
            and published_values.scope_code = official.scope_code
            and published_values.window_code = official.window_code
            and published_values.period_month = official.period_month
            and published_values.indicator_code = official.indicator_code
            and published_values.definition_version = official.definition_version
    where published_values.value_label = 'restated'
),

later as (
    select
        restated.*,
        in_force.kind as extract_kind,
        in_force.delivery_id,
        in_force.month_number >= windows.start_month_number
        and in_force.month_number <= windows.end_month_number as is_in_window,
        coalesce(known_months.known_number <= restated.closing_number, false) as is_redelivery,
        coalesce(changes.added_count, 0) as added_count,
        coalesce(changes.removed_count, 0) as removed_count,
        coalesce(changes.changed_count, 0) as changed_count
    from restated
    inner join windows
        on
            restated.province_code = windows.province_code
            and restated.window_code = windows.window_code
            and restated.period_month = windows.period_month
    inner join court_scopes
        on
            restated.court_code = court_scopes.court_code
            and restated.scope_code = court_scopes.scope_code
    inner join in_force
        on
            court_scopes.member_court_code = in_force.court_code
            and court_scopes.member_from <= in_force.extract_month
            and court_scopes.member_to >= in_force.extract_month
    left join known_deliveries
        on
            in_force.delivery_id = known_deliveries.delivery_id
            and in_force.court_code = known_deliveries.court_code
    left join known_months
        on
            in_force.court_code = known_months.court_code
            and in_force.kind = known_months.kind
            and in_force.extract_month = known_months.extract_month
    left join changes
        on
            in_force.delivery_id = changes.new_delivery_id
            and in_force.court_code = changes.court_code
    where
        known_deliveries.known_number is null
        or known_deliveries.known_number > restated.closing_number
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        closing_number,
        extract_kind,
        delivery_id,
        max(case when is_in_window and is_redelivery then 1 else 0 end) as is_redelivery,
        max(case when is_in_window and not is_redelivery then 1 else 0 end) as is_late_delivery,
        max(case when is_in_window then 1 else 0 end) as is_in_window,
        sum(added_count) as added_count,
        sum(removed_count) as removed_count,
        sum(changed_count) as changed_count
    from later
    group by
        court_code, scope_code, window_code, period_month, closing_number, extract_kind, delivery_id
)

select * from final
