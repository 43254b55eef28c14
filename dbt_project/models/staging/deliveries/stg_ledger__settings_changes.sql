with settings_changes as (
    select * from {{ source('ledger', 'settings_changes') }}
),

final as (
    select
        snapshot_id,
        cause_code,
        court_code,
        indicator_code,
        first_month,
        row_zh,
        row_en
    from settings_changes
)

select * from final
