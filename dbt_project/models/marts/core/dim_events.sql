with events as (
    select * from {{ ref('events') }}
),

final as (
    select
        event_date,
        indicator_code,
        kind,
        title_zh,
        title_en,
        source
    from events
)

select * from final
