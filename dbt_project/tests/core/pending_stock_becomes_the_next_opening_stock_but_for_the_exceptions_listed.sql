-- Court by court, for consecutive months that the court delivered:
-- pending(M - 1) + effects of the cases listed = opening(M).
with flows as (
    select
        court_code,
        extract_month,
        sum(opening_count) as opening_count,
        sum(pending_count) as pending_count
    from {{ ref('int_case_flows_delivered') }}
    group by court_code, extract_month
),

effects as (
    select
        court_code,
        period_month,
        sum(flow_effect) as flow_effect
    from {{ ref('int_case_flow_exceptions_listed') }}
    group by court_code, period_month
),

final as (
    select
        later.court_code,
        later.extract_month,
        earlier.pending_count,
        coalesce(effects.flow_effect, 0) as flow_effect,
        later.opening_count
    from flows as later
    inner join flows as earlier
        on
            later.court_code = earlier.court_code
            and later.extract_month = cast({{ dbt.dateadd('month', 1, 'earlier.extract_month') }} as date)
    left join effects
        on
            later.court_code = effects.court_code
            and later.extract_month = effects.period_month
)

select * from final
where pending_count + flow_effect <> opening_count
