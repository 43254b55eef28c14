with published_values as (
    select * from {{ ref('fct_published_values') }}
),

official as (
    select * from {{ ref('int_values_published') }}
),

publications as (
    select * from {{ ref('stg_published__publications') }}
),

causes as (
    select * from {{ ref('int_restatement_causes') }}
),

deliveries as (
    select * from {{ ref('stg_ledger__deliveries') }}
),

settings_changes as (
    select * from {{ ref('stg_ledger__settings_changes') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

measures as (
    select * from {{ ref('dim_measures') }}
),

kinds as (
    select distinct
        indicators.indicator_code,
        indicators.definition_version,
        measures.extract_kind
    from indicators
    inner join measures
        on
            indicators.numerator_measure = measures.measure_code
            or indicators.denominator_measure = measures.measure_code
            or indicators.count_measure = measures.measure_code
    union
    select distinct
        'COMPOSITE' as indicator_code,
        'composite' as definition_version,
        extract_kind
    from measures
),

-- A count without a denominator has no rank any more. That it had one is no change of a court's figure.
counts as (
    select
        indicator_code,
        definition_version
    from indicators
    where denominator_measure is null
),

restated as (
    select
        published_values.court_code,
        published_values.scope_code,
        published_values.window_code,
        published_values.period_month,
        published_values.indicator_code,
        published_values.definition_version,
        official.numerator as old_numerator,
        official.denominator as old_denominator,
        official.value as old_value,
        official.status as old_status,
        official.rank as old_rank,
        published_values.numerator as new_numerator,
        published_values.denominator as new_denominator,
        published_values.value as new_value,
        published_values.status as new_status,
        published_values.rank as new_rank,
        published_values.value_label,
        official.closing_number,
        official.snapshot_id as old_snapshot_id,
        publications.published_at as old_published_at,
        publications.code_version as old_code_version
    from published_values
    inner join official
        on
            published_values.court_code = official.court_code
            and published_values.scope_code = official.scope_code
            and published_values.window_code = official.window_code
            and published_values.period_month = official.period_month
            and published_values.indicator_code = official.indicator_code
            and published_values.definition_version = official.definition_version
    left join publications
        on official.sequence_number = publications.sequence_number
    left join counts
        on
            published_values.indicator_code = counts.indicator_code
            and published_values.definition_version = counts.definition_version
    where
        published_values.value_label = 'restated'
        or (
            coalesce(published_values.rank, 0) <> coalesce(official.rank, 0)
            and not (counts.indicator_code is not null and published_values.rank is null)
        )
),

attributed as (
    select
        restated.court_code,
        restated.scope_code,
        restated.window_code,
        restated.period_month,
        restated.indicator_code,
        restated.definition_version,
        causes.delivery_id,
        causes.is_redelivery,
        causes.is_late_delivery,
        causes.is_in_window,
        causes.added_count,
        causes.removed_count,
        causes.changed_count,
        deliveries.file_name,
        deliveries.received_at,
        row_number() over (
            partition by
                restated.court_code, restated.scope_code, restated.window_code,
                restated.period_month, restated.indicator_code, restated.definition_version
            order by causes.is_in_window desc, deliveries.received_at desc, causes.delivery_id asc
        ) as delivery_number
    from restated
    inner join kinds
        on
            restated.indicator_code = kinds.indicator_code
            and restated.definition_version = kinds.definition_version
    inner join causes
        on
            restated.court_code = causes.court_code
            and restated.scope_code = causes.scope_code
            and restated.window_code = causes.window_code
            and restated.period_month = causes.period_month
            and restated.closing_number = causes.closing_number
            and kinds.extract_kind = causes.extract_kind
    left join deliveries
        on causes.delivery_id = deliveries.delivery_id
    where restated.value_label = 'restated'
),

summed as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version,
        sum(is_redelivery) as redelivery_count,
        sum(is_late_delivery) as late_delivery_count,
        count(*) as delivery_count,
        sum(is_in_window * added_count) as added_count,
        sum(is_in_window * removed_count) as removed_count,
        sum(is_in_window * changed_count) as changed_count,
        max(case when delivery_number = 1 then delivery_id end) as last_delivery_id,
        max(case when delivery_number = 1 then file_name end) as last_file_name,
        max(case when delivery_number = 1 then received_at end) as last_received_at
    from attributed
    group by court_code, scope_code, window_code, period_month, indicator_code, definition_version
),

-- Rows of the settings changed since, that can have moved the figure; the one nearest to it is named.
settings_moving as (
    select
        restated.court_code,
        restated.scope_code,
        restated.window_code,
        restated.period_month,
        restated.indicator_code,
        restated.definition_version,
        settings_changes.cause_code,
        settings_changes.row_zh,
        settings_changes.row_en,
        row_number() over (
            partition by
                restated.court_code, restated.scope_code, restated.window_code,
                restated.period_month, restated.indicator_code, restated.definition_version
            order by
                coalesce(settings_changes.indicator_code = restated.indicator_code, false) desc,
                coalesce(settings_changes.court_code = restated.court_code, false) desc,
                settings_changes.first_month desc,
                settings_changes.row_zh asc
        ) as row_number_nearest
    from restated
    inner join settings_changes
        on
            restated.old_snapshot_id = settings_changes.snapshot_id
            and restated.period_month >= settings_changes.first_month
            and coalesce(
                case settings_changes.cause_code
                    when 'register_changed' then true
                    when 'weight_changed' then restated.indicator_code = 'COMPOSITE'
                    else restated.indicator_code = settings_changes.indicator_code
                end, true
            )
),

explained as (
    select
        restated.*,
        settings_moving.row_zh as settings_row_zh,
        settings_moving.row_en as settings_row_en,
        summed.redelivery_count,
        summed.late_delivery_count,
        summed.delivery_count,
        summed.added_count,
        summed.removed_count,
        summed.changed_count,
        summed.last_delivery_id,
        summed.last_file_name,
        summed.last_received_at,
        case
            when restated.value_label <> 'restated' then 'peers_restated'
            when summed.redelivery_count > 0 then 'redelivery'
            when summed.late_delivery_count > 0 then 'late_delivery'
            when settings_moving.cause_code is not null then settings_moving.cause_code
            when restated.indicator_code = 'COMPOSITE' then 'peers_restated'
            when summed.delivery_count > 0 then 'other_month'
            else 'recomputed'
        end as cause_code
    from restated
    left join summed
        on
            restated.court_code = summed.court_code
            and restated.scope_code = summed.scope_code
            and restated.window_code = summed.window_code
            and restated.period_month = summed.period_month
            and restated.indicator_code = summed.indicator_code
            and restated.definition_version = summed.definition_version
    left join settings_moving
        on
            restated.court_code = settings_moving.court_code
            and restated.scope_code = settings_moving.scope_code
            and restated.window_code = settings_moving.window_code
            and restated.period_month = settings_moving.period_month
            and restated.indicator_code = settings_moving.indicator_code
            and restated.definition_version = settings_moving.definition_version
            and settings_moving.row_number_nearest = 1
),

final as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version,
        old_numerator,
        old_denominator,
        old_value,
        old_status,
        old_rank,
        new_numerator,
        new_denominator,
        new_value,
        new_status,
        new_rank,
        new_value - old_value as value_difference,
        new_rank - old_rank as rank_difference,
        value_label = 'restated' as is_value_restated,
        cause_code,
        case cause_code
            when 'redelivery' then '窗口内的月份在关账后重报'
            when 'late_delivery' then '窗口内的月份在关账后才报送'
            when 'other_month' then '关账后其他月份的交付改变了案件的状态'
            when 'peers_restated' then '本数未变，同组其他法院或其他指标重述引起'
            when 'recomputed' then '没有新的交付可以解释：口径或程序有改动'
            else settings_row_zh
        end as cause_zh,
        case cause_code
            when 'redelivery' then 'A month of the window was delivered again after it was closed'
            when 'late_delivery' then 'A month of the window was first delivered after it was closed'
            when 'other_month' then 'A delivery for another month, after the closing, changed the state of cases'
            when 'peers_restated'
                then 'Follows from restated peers or other indicators; the court’s own cases did not change it'
            when 'recomputed' then 'No new delivery explains it: definitions or code have changed'
            else settings_row_en
        end as cause_en,
        cast(coalesce(delivery_count, 0) as integer) as delivery_count,
        cast(coalesce(added_count, 0) as integer) as added_count,
        cast(coalesce(removed_count, 0) as integer) as removed_count,
        cast(coalesce(changed_count, 0) as integer) as changed_count,
        last_delivery_id,
        last_file_name,
        last_received_at,
        old_snapshot_id,
        old_published_at,
        old_code_version
    from explained
)

select * from final
