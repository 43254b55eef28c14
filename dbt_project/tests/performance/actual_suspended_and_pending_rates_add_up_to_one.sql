-- In the first reading of their definitions: another reading of actual closure has no such identity.
-- QX02 + QX04 + QX05 = 1 over accepted cases, QX01 + QX03 = 1 over closed cases: every court, scope and window.
with sums as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        case when indicator_code in ('QX01', 'QX03') then 'closed' else 'accepted' end as base,
        count(*) as indicator_count,
        count(distinct denominator) as base_count,
        max(denominator) as denominator,
        sum(numerator) as numerator,
        sum(value) as value_sum
    from {{ ref('fct_court_indicators') }}
    where
        indicator_code in ('QX01', 'QX02', 'QX03', 'QX04', 'QX05')
        and definition_version = '1'
    group by
        court_code, scope_code, window_code, period_month,
        case when indicator_code in ('QX01', 'QX03') then 'closed' else 'accepted' end
)

select *
from sums
where
    indicator_count = case when base = 'closed' then 2 else 3 end
    and (
        base_count <> 1
        or numerator <> denominator
        or (denominator > 0 and abs(value_sum - 1) > 0.000000000001)
    )
