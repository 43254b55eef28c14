with publications_said as (
    select * from {{ source('published', 'publications') }}
),

final as (
    select
        sequence_number,
        snapshot_id,
        published_at,
        latest_month,
        code_version,
        code_commit,
        definitions_digest,
        deliveries_digest
    from publications_said
)

select * from final
