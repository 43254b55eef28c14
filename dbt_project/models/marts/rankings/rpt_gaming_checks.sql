with scored as (
    select * from {{ ref('int_gaming_scored') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

checks as (
    select * from {{ ref('gaming_checks') }}
),

sizes as (
    select
        scored.check_code,
        scored.period_month,
        courts.province_code,
        courts.peer_group,
        percentile_cont(0.5) within group (order by scored.n) as median_n
    from scored
    inner join courts
        on scored.court_code = courts.court_code
    group by scored.check_code, scored.period_month, courts.province_code, courts.peer_group
),

-- Few cases excuse a small court: what can be true of it alone is not said of a large one.
explained as (
    select
        scored.*,
        case when scored.n <= sizes.median_n then checks.innocent_small_zh end as small_zh,
        case when scored.n <= sizes.median_n then checks.innocent_small_en end as small_en,
        checks.innocent_zh as general_zh,
        checks.innocent_en as general_en
    from scored
    inner join courts
        on scored.court_code = courts.court_code
    inner join sizes
        on
            scored.check_code = sizes.check_code
            and scored.period_month = sizes.period_month
            and courts.province_code = sizes.province_code
            and courts.peer_group = sizes.peer_group
    inner join checks
        on scored.check_code = checks.check_code
),

final as (
    select
        check_code,
        court_code,
        period_month,
        hit_share as value,
        n,
        hit_count,
        own_base,
        own_base_n,
        peer_median,
        peer_share,
        dispersion,
        peer_score,
        own_score,
        flag,
        indicator_code,
        direction,
        coalesce(general_zh || '；' || small_zh, general_zh, small_zh) as innocent_zh,
        coalesce(general_en || '; ' || small_en, general_en, small_en) as innocent_en
    from explained
)

select * from final
