with court_indicators as (
    select * from {{ ref('fct_court_indicators') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

uncertainty as (
    select * from {{ ref('indicator_uncertainty') }}
),

window_moments as (
    select * from {{ ref('int_window_moments') }}
),

top_amounts as (
    select * from {{ ref('int_window_top_amounts') }}
),

methods as (
    select
        indicators.indicator_code,
        indicators.definition_version,
        indicators.case_scope,
        case
            when uncertainty.interval_method is not null then uncertainty.interval_method
            when indicators.unit = 'ratio' and indicators.denominator_kind <> 'amount' then 'proportion'
            else 'none'
        end as interval_method,
        indicators.denominator_kind = 'none' as is_bare_count,
        coalesce(uncertainty.draw_group, indicators.indicator_code) as draw_group,
        uncertainty.numerator_square_measure,
        uncertainty.denominator_square_measure,
        uncertainty.product_measure,
        uncertainty.largest_amounts
    from indicators
    left join uncertainty
        on
            indicators.indicator_code = uncertainty.indicator_code
            and coalesce(indicators.definition_version = uncertainty.definition_version, true)
),

final as (
    select
        court_indicators.court_code,
        court_indicators.scope_code,
        court_indicators.window_code,
        court_indicators.period_month,
        court_indicators.indicator_code,
        court_indicators.definition_version,
        case
            when methods.interval_method = 'proportion' and court_indicators.numerator > court_indicators.denominator
                then 'none'
            else methods.interval_method
        end as interval_method,
        methods.draw_group,
        court_indicators.numerator,
        cast(
            case when methods.is_bare_count then 1 else court_indicators.denominator end as decimal(24, 2)
        ) as denominator,
        court_indicators.case_count,
        court_indicators.value,
        court_indicators.status,
        case
            when methods.numerator_square_measure is not null
                then coalesce(numerator_squares.measure_value, 0)
        end as numerator_square,
        case
            when methods.denominator_square_measure is not null
                then coalesce(denominator_squares.measure_value, 0)
        end as denominator_square,
        case
            when methods.product_measure is not null
                then coalesce(products.measure_value, 0)
        end as product_sum,
        case
            when methods.largest_amounts is not null and court_indicators.denominator > 0
                then
                    cast(coalesce(top_amounts.top_ten_amount, 0) as double)
                    / cast(court_indicators.denominator as double)
        end as top_ten_share,
        case when methods.largest_amounts is not null then top_amounts.largest_amount end as largest_amount,
        case
            when methods.largest_amounts is not null then top_amounts.largest_counted_amount
        end as largest_counted_amount
    from court_indicators
    inner join methods
        on
            court_indicators.indicator_code = methods.indicator_code
            and court_indicators.definition_version = methods.definition_version
    left join window_moments as numerator_squares
        on
            methods.case_scope = numerator_squares.case_scope
            and methods.numerator_square_measure = numerator_squares.measure_code
            and court_indicators.court_code = numerator_squares.court_code
            and court_indicators.scope_code = numerator_squares.scope_code
            and court_indicators.window_code = numerator_squares.window_code
            and court_indicators.period_month = numerator_squares.period_month
    left join window_moments as denominator_squares
        on
            methods.case_scope = denominator_squares.case_scope
            and methods.denominator_square_measure = denominator_squares.measure_code
            and court_indicators.court_code = denominator_squares.court_code
            and court_indicators.scope_code = denominator_squares.scope_code
            and court_indicators.window_code = denominator_squares.window_code
            and court_indicators.period_month = denominator_squares.period_month
    left join window_moments as products
        on
            methods.case_scope = products.case_scope
            and methods.product_measure = products.measure_code
            and court_indicators.court_code = products.court_code
            and court_indicators.scope_code = products.scope_code
            and court_indicators.window_code = products.window_code
            and court_indicators.period_month = products.period_month
    left join top_amounts
        on
            methods.case_scope = top_amounts.case_scope
            and methods.largest_amounts = top_amounts.amount_code
            and court_indicators.court_code = top_amounts.court_code
            and court_indicators.scope_code = top_amounts.scope_code
            and court_indicators.window_code = top_amounts.window_code
            and court_indicators.period_month = top_amounts.period_month
)

select * from final
