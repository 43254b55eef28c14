with moments as (
    select * from {{ ref('int_measures__moments') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

uncertainty as (
    select * from {{ ref('indicator_uncertainty') }}
),

court_scopes as (
    select * from {{ ref('dim_court_scopes') }}
),

served_months as (
    select
        court_code,
        period_month,
        counting_court_code
    from {{ ref('int_court_months') }}
    where counting_court_code is not null
),

courts as (
    select * from {{ ref('dim_courts') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

asked as (
    select
        indicators.case_scope,
        uncertainty.numerator_square_measure as measure_code
    from uncertainty
    inner join indicators
        on
            uncertainty.indicator_code = indicators.indicator_code
            and coalesce(uncertainty.definition_version = indicators.definition_version, true)
    union
    select
        indicators.case_scope,
        uncertainty.denominator_square_measure as measure_code
    from uncertainty
    inner join indicators
        on
            uncertainty.indicator_code = indicators.indicator_code
            and coalesce(uncertainty.definition_version = indicators.definition_version, true)
    union
    select
        indicators.case_scope,
        uncertainty.product_measure as measure_code
    from uncertainty
    inner join indicators
        on
            uncertainty.indicator_code = indicators.indicator_code
            and coalesce(uncertainty.definition_version = indicators.definition_version, true)
),

scoped as (
    select
        court_scopes.court_code,
        court_scopes.scope_code,
        courts.province_code,
        extract(year from moments.period_month) * 12 + extract(month from moments.period_month) as month_number,
        moments.case_scope,
        moments.measure_code,
        sum(moments.measure_value) as measure_value
    from moments
    inner join asked
        on
            moments.case_scope = asked.case_scope
            and moments.measure_code = asked.measure_code
    inner join served_months
        on
            moments.court_code = served_months.court_code
            and moments.period_month = served_months.period_month
    inner join court_scopes
        on
            served_months.counting_court_code = court_scopes.member_court_code
            and served_months.period_month >= court_scopes.member_from
            and served_months.period_month <= court_scopes.member_to
    inner join courts
        on court_scopes.court_code = courts.court_code
    group by
        court_scopes.court_code, court_scopes.scope_code, courts.province_code,
        moments.period_month, moments.case_scope, moments.measure_code
),

final as (
    select
        scoped.court_code,
        scoped.scope_code,
        windows.window_code,
        windows.period_month,
        scoped.case_scope,
        scoped.measure_code,
        cast(sum(scoped.measure_value) as decimal(38, 4)) as measure_value
    from scoped
    inner join windows
        on
            scoped.province_code = windows.province_code
            and scoped.month_number >= windows.start_month_number
            and scoped.month_number <= windows.end_month_number
    group by
        scoped.court_code, scoped.scope_code, windows.window_code, windows.period_month,
        scoped.case_scope, scoped.measure_code
)

select * from final
