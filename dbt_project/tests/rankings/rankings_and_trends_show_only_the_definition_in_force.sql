with superseded as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version
    from {{ ref('fct_court_indicators') }}
    where not is_in_force
),

shown as (
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version
    from {{ ref('rpt_court_rankings') }}
    union all
    select
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version
    from {{ ref('rpt_indicator_trends') }}
)

select shown.*
from shown
inner join superseded
    on
        shown.court_code = superseded.court_code
        and shown.scope_code = superseded.scope_code
        and shown.window_code = superseded.window_code
        and shown.period_month = superseded.period_month
        and shown.indicator_code = superseded.indicator_code
        and shown.definition_version = superseded.definition_version
