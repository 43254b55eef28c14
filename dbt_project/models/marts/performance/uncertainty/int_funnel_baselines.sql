with interval_inputs as (
    select
        *,
        cast(denominator as double) as x,
        cast(case_count as double) as n,
        cast(numerator_square as double) as yy,
        cast(denominator_square as double) as xx,
        cast(product_sum as double) as xy
    from {{ ref('int_interval_inputs') }}
    where
        status in ('met', 'above', 'below', 'no_target')
        and interval_method <> 'none'
),

scores as (
    select * from {{ ref('fct_court_scores') }}
),

compared as (
    select
        scores.peer_group,
        scores.province_code,
        interval_inputs.*
    from interval_inputs
    inner join scores
        on
            interval_inputs.court_code = scores.court_code
            and interval_inputs.scope_code = scores.scope_code
            and interval_inputs.window_code = scores.window_code
            and interval_inputs.period_month = scores.period_month
            and interval_inputs.indicator_code = scores.indicator_code
            and interval_inputs.definition_version = scores.definition_version
),

summed as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        count(*) as court_count,
        -- Decimals: doubles summed by several threads differ in the last bit from one build to the next.
        cast(sum(numerator) as double) / cast(sum(denominator) as double) as expected_value,
        cast(sum(case_count) as double) as n,
        cast(sum(denominator) as double) as x,
        cast(sum(numerator_square) as double) as yy,
        cast(sum(denominator_square) as double) as xx,
        cast(sum(product_sum) as double) as xy
    from compared
    group by province_code, peer_group, window_code, period_month, indicator_code
),

expected as (
    select
        compared.peer_group,
        compared.province_code,
        compared.court_code,
        compared.scope_code,
        compared.window_code,
        compared.period_month,
        compared.indicator_code,
        compared.interval_method,
        compared.case_count,
        compared.value,
        compared.n,
        compared.x,
        compared.top_ten_share,
        cast(compared.largest_amount as double) as largest_amount,
        cast(compared.numerator - compared.largest_counted_amount as double)
        / nullif(cast(compared.denominator - compared.largest_amount as double), 0) as value_without_largest,
        summed.court_count,
        summed.expected_value,
        case compared.interval_method
            when 'proportion' then summed.expected_value * (1 - summed.expected_value) / compared.x
            when 'count' then summed.expected_value / compared.x
            when 'mean'
                then
                    (summed.yy - summed.n * summed.expected_value * summed.expected_value)
                    / nullif(summed.n - 1, 0) / compared.n
            else
                (
                    summed.yy - 2 * summed.expected_value * summed.xy
                    + summed.expected_value * summed.expected_value * summed.xx
                ) / nullif(summed.n - 1, 0) * compared.n / (compared.x * compared.x)
        end as error_squared
    from compared
    inner join summed
        on
            compared.province_code = summed.province_code
            and compared.peer_group = summed.peer_group
            and compared.window_code = summed.window_code
            and compared.period_month = summed.period_month
            and compared.indicator_code = summed.indicator_code
),

scored as (
    select
        *,
        sqrt(error_squared) as standard_error,
        sqrt(error_squared) * sqrt(case when n > 1 then (n - 1) / n else 1 end)
        * x / nullif(x - largest_amount, 0) as standard_error_without_largest,
        (value - expected_value) / sqrt(error_squared) as z_score
    from expected
    where error_squared > 0
),

placed as (
    select
        *,
        row_number() over (
            partition by province_code, peer_group, window_code, period_month, indicator_code order by z_score
        ) as place,
        count(*) over (
            partition by province_code, peer_group, window_code, period_month, indicator_code
        ) as placed_count
    from scored
),

tails as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        {{ interpolated_quantile('z_score', 0.1) }} as z_low,
        {{ interpolated_quantile('z_score', 0.9) }} as z_high
    from placed
    group by province_code, peer_group, window_code, period_month, indicator_code
),

winsorised as (
    select
        scored.*,
        case
            when scored.z_score < tails.z_low then tails.z_low
            when scored.z_score > tails.z_high then tails.z_high
            else scored.z_score
        end as winsorised_z
    from scored
    left join tails
        on
            scored.province_code = tails.province_code
            and scored.peer_group = tails.peer_group
            and scored.window_code = tails.window_code
            and scored.period_month = tails.period_month
            and scored.indicator_code = tails.indicator_code
),

dispersed as (
    select
        *,
        cast(sum(cast(winsorised_z * winsorised_z as decimal(38, 12))) over (
            partition by province_code, peer_group, window_code, period_month, indicator_code
        ) as double) / count(*) over (
            partition by province_code, peer_group, window_code, period_month, indicator_code
        ) as observed_dispersion
    from winsorised
),

final as (
    select
        peer_group,
        province_code,
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        interval_method,
        case_count,
        value,
        court_count,
        expected_value,
        standard_error,
        top_ten_share,
        value_without_largest,
        standard_error_without_largest,
        z_score,
        case
            when observed_dispersion > 1 + 2 * sqrt(2.0 / court_count) then observed_dispersion
            else 1
        end as dispersion
    from dispersed
)

select * from final
