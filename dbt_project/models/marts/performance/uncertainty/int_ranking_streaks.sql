with placed as (
    select
        *,
        extract(year from period_month) * 12 + extract(month from period_month) as month_number,
        case
            when place_code in ('surely_first', 'maybe_first') then 'top'
            else 'bottom'
        end as streak_code
    from {{ ref('fct_rank_intervals') }}
    where place_code in ('surely_first', 'maybe_first', 'maybe_last', 'surely_last')
),

numbered as (
    select
        *,
        month_number - row_number() over (
            partition by peer_group, court_code, window_code, indicator_code, streak_code
            order by month_number
        ) as run_number
    from placed
),

counted as (
    select
        *,
        row_number() over (
            partition by peer_group, court_code, window_code, indicator_code, streak_code, run_number
            order by month_number
        ) as streak_months,
        min(period_month) over (
            partition by peer_group, court_code, window_code, indicator_code, streak_code, run_number
        ) as first_month
    from numbered
),

limited as (
    {{ beside_thresholds('counted', 'period_month', least_months='STREAK in month') }}
),

final as (
    select
        peer_group,
        window_code,
        period_month,
        indicator_code,
        court_code,
        streak_code,
        first_month,
        cast(streak_months as integer) as month_count,
        rank,
        tie_band,
        band_count,
        place_code,
        end_count
    from limited
    where streak_months >= least_months
)

select * from final
