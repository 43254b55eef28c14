with ranked as (
    select * from {{ ref('fct_rank_intervals') }}
    where tie_band is not null
),

by_rank as (
    select
        province_code,
        peer_group,
        window_code,
        period_month,
        indicator_code,
        rank,
        min(tie_band) as first_band,
        max(tie_band) as last_band
    from ranked
    group by province_code, peer_group, window_code, period_month, indicator_code, rank
),

in_order as (
    select
        *,
        lag(last_band) over (
            partition by province_code, peer_group, window_code, period_month, indicator_code
            order by rank
        ) as band_before
    from by_rank
)

select *
from in_order
where
    first_band <> last_band
    or first_band not between coalesce(band_before, 1) and coalesce(band_before, 0) + 1
