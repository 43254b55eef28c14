{{ config(group = 'measurement') }}

-- Cauchy and Schwarz: (Σy)² is at most n · Σy², and (Σxy)² at most Σx² · Σy². A moment that was summed over other
-- records than its sum breaks this sooner or later.
with interval_inputs as (
    select
        *,
        cast(numerator as double) as y,
        cast(case_count as double) as n,
        cast(numerator_square as double) as yy,
        cast(denominator_square as double) as xx,
        cast(product_sum as double) as xy
    from {{ ref('int_interval_inputs') }}
    where interval_method in ('mean', 'amount_ratio', 'amount_mean')
)

select *
from interval_inputs
where
    y * y > n * yy * 1.000001
    or xy * xy > xx * yy * 1.000001
