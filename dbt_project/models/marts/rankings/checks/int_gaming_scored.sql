with windowed as (
    select * from {{ ref('int_gaming_windowed') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

checks as (
    select * from {{ ref('gaming_checks') }}
),

among_peers as (
    select
        windowed.*,
        courts.province_code,
        courts.peer_group,
        checks.indicator_code,
        checks.min_trials,
        checks.min_hits,
        checks.min_lift,
        checks.watch_score,
        checks.alert_score,
        cast(windowed.hit_count as double) / windowed.trial_count as hit_share,
        (sum(windowed.hit_count) over peers) - windowed.hit_count as peer_hits,
        (sum(windowed.trial_count) over peers) - windowed.trial_count as peer_trials
    from windowed
    inner join courts
        on windowed.court_code = courts.court_code
    inner join checks
        on windowed.check_code = checks.check_code
    window peers as (
        partition by windowed.check_code, windowed.period_month, courts.province_code, courts.peer_group
    )
),

-- Half a hit in one trial is added to the peers', so that a share of none still leaves room for chance.
shares as (
    select
        *,
        (cast(peer_hits as double) + 0.5) / (peer_trials + 1.0) as peer_share,
        case
            when base_trial_count > 0
                then
                    (base_hit_count + 10 * (cast(peer_hits as double) + 0.5) / (peer_trials + 1.0))
                    / (base_trial_count + 10.0)
        end as own_share
    from among_peers
    where peer_trials > 0
),

-- The dispersion's centre leaves out the tenth of the courts that stand out most, so that a gamer does not widen the
-- limits he is judged by.
placed as (
    select
        *,
        row_number() over (
            partition by check_code, period_month, province_code, peer_group
            order by (hit_count - trial_count * peer_share) / sqrt(trial_count * peer_share * (1 - peer_share)) desc
        ) as place,
        count(*) over (
            partition by check_code, period_month, province_code, peer_group
        ) as court_count
    from shares
),

centres as (
    select
        check_code,
        period_month,
        province_code,
        peer_group,
        (cast(sum(hit_count) as double) + 0.5) / (sum(trial_count) + 1.0) as centre_share
    from placed
    where place - 1 >= court_count * 0.1
    group by check_code, period_month, province_code, peer_group
),

-- Courts differ without gaming: the median squared score over its value under chance alone (0.455) says how much.
dispersed as (
    select
        shares.check_code,
        shares.period_month,
        shares.province_code,
        shares.peer_group,
        greatest(
            1.0,
            percentile_cont(0.5) within group (
                order by
                    power(shares.hit_count - shares.trial_count * centres.centre_share, 2)
                    / (shares.trial_count * centres.centre_share * (1 - centres.centre_share))
            ) / 0.455
        ) as dispersion,
        percentile_cont(0.5) within group (order by shares.hit_share) as peer_median
    from shares
    inner join centres
        on
            shares.check_code = centres.check_code
            and shares.period_month = centres.period_month
            and shares.province_code = centres.province_code
            and shares.peer_group = centres.peer_group
    group by shares.check_code, shares.period_month, shares.province_code, shares.peer_group
),

scored as (
    select
        shares.*,
        dispersed.dispersion,
        dispersed.peer_median,
        {{ tail_score('shares.hit_count', 'shares.trial_count', 'shares.peer_share') }}
        / sqrt(dispersed.dispersion) as peer_score,
        {{ tail_score('shares.hit_count', 'shares.trial_count', 'shares.own_share') }}
        / sqrt(1 + cast(shares.trial_count as double) / nullif(shares.base_trial_count, 0)) as own_score
    from shares
    inner join dispersed
        on
            shares.check_code = dispersed.check_code
            and shares.period_month = dispersed.period_month
            and shares.province_code = dispersed.province_code
            and shares.peer_group = dispersed.peer_group
),

limited as (
    {{ beside_thresholds('scored', 'period_month', least_own_score='GC_OWN_SCORE in score') }}
),

final as (
    select
        check_code,
        court_code,
        period_month,
        hit_share,
        trial_count as n,
        hit_count,
        case
            when base_trial_count > 0 then cast(base_hit_count as double) / base_trial_count
        end as own_base,
        base_trial_count as own_base_n,
        peer_median,
        cast(peer_share as double) as peer_share,
        cast(dispersion as double) as dispersion,
        cast(peer_score as double) as peer_score,
        cast(own_score as double) as own_score,
        case
            when trial_count < min_trials or hit_count < min_hits or hit_share < peer_share * min_lift then 'none'
            when
                peer_score >= alert_score
                and (own_share is null or own_score >= least_own_score or own_share >= peer_share * min_lift)
                then 'alert'
            when peer_score >= watch_score then 'watch'
            else 'none'
        end as flag,
        indicator_code,
        'higher' as direction
    from limited
)

select * from final
