{{ config(group = 'measurement') }}
-- Numerators and denominators of a jurisdiction or province are those of its courts added up; and somewhere the mean
-- of the courts' rates has to differ from the rate, or this test would see nothing. Distinct persons do not add up, nor
-- do longer windows where a court's stock passes on to another: both had it, and the wider scope has it once.
with members as (
    select * from {{ ref('dim_court_scopes') }}
    where scope_code <> 'own'
),

passing as (
    select distinct
        members.court_code,
        members.scope_code
    from members
    inner join {{ ref('dim_courts') }} as courts
        on members.member_court_code = courts.court_code
    where
        courts.successor_code is not null
        or courts.predecessor_code is not null
        or members.member_from > cast('1900-01-01' as date)
        or members.member_to < cast('9999-12-01' as date)
),

ratios as (
    select court_indicators.*
    from {{ ref('fct_court_indicators') }} as court_indicators
    inner join {{ ref('dim_indicators') }} as indicators
        on
            court_indicators.indicator_code = indicators.indicator_code
            and court_indicators.definition_version = indicators.definition_version
    where
        indicators.denominator_kind not in ('none', 'derived')
        and court_indicators.window_code in ('month', 'rolling_12m')
),

added as (
    select
        members.court_code,
        members.scope_code,
        ratios.window_code,
        ratios.period_month,
        ratios.indicator_code,
        ratios.definition_version,
        sum(ratios.numerator) as numerator,
        sum(ratios.denominator) as denominator,
        avg(ratios.value) as mean_value
    from ratios
    inner join members
        on
            ratios.court_code = members.member_court_code
            and ratios.period_month between members.member_from and members.member_to
    where ratios.scope_code = 'own'
    group by
        members.court_code, members.scope_code, ratios.window_code, ratios.period_month,
        ratios.indicator_code, ratios.definition_version
),

compared as (
    select
        ratios.court_code,
        ratios.indicator_code,
        ratios.period_month,
        ratios.numerator <> added.numerator or ratios.denominator <> added.denominator as is_wrong,
        abs(ratios.value - added.mean_value) > 0.001 as has_other_mean
    from ratios
    inner join added
        on
            ratios.court_code = added.court_code
            and ratios.scope_code = added.scope_code
            and ratios.window_code = added.window_code
            and ratios.period_month = added.period_month
            and ratios.indicator_code = added.indicator_code
            and ratios.definition_version = added.definition_version
    left join passing
        on
            ratios.court_code = passing.court_code
            and ratios.scope_code = passing.scope_code
    where ratios.window_code = case when passing.court_code is null then 'rolling_12m' else 'month' end
)

select
    court_code,
    indicator_code,
    period_month
from compared
where is_wrong
union all
select
    null as court_code,
    'no mean of court rates differs from the rate' as indicator_code,
    null as period_month
from compared
having sum(case when has_other_mean then 1 else 0 end) = 0
