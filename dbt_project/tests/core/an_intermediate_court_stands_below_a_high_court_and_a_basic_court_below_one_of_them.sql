-- The top of a region that has no high court of its own in the list (the G region) has no court above.
with courts as (
    select * from {{ ref('courts') }}
),

final as (
    select
        courts.court_code,
        courts.level,
        parents.level as parent_level
    from courts
    left join courts as parents
        on courts.parent_court_code = parents.court_code
)

select * from final
where
    (level = 'high' and parent_level is not null)
    or (level = 'intermediate' and coalesce(parent_level, 'high') <> 'high')
    or (level = 'basic' and coalesce(parent_level, 'basic') not in ('high', 'intermediate'))
