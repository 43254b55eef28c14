{{ config(group = 'measurement') }}
-- Absence is a row with a status, never a missing row.
with expected as (
    select
        scopes.court_code,
        scopes.scope_code,
        windows.window_code,
        windows.period_month,
        indicators.indicator_code
    from {{ ref('dim_court_scopes') }} as scopes
    inner join {{ ref('dim_courts') }} as courts
        on scopes.court_code = courts.court_code
    inner join {{ ref('int_windows') }} as windows
        on courts.province_code = windows.province_code
    inner join {{ ref('dim_indicators') }} as indicators
        on
            windows.period_month >= indicators.valid_from
            and windows.period_month <= coalesce(indicators.valid_to, windows.period_month)
    group by
        scopes.court_code, scopes.scope_code, windows.window_code,
        windows.period_month, indicators.indicator_code
)

select expected.*
from expected
left join {{ ref('fct_court_indicators') }} as court_indicators
    on
        expected.court_code = court_indicators.court_code
        and expected.scope_code = court_indicators.scope_code
        and expected.window_code = court_indicators.window_code
        and expected.period_month = court_indicators.period_month
        and expected.indicator_code = court_indicators.indicator_code
where court_indicators.court_code is null
