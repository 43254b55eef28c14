with figures as (
    select * from {{ ref('published_figures') }}
),

court_measures as (
    select * from {{ ref('fct_court_measures') }}
),

measures as (
    select * from {{ ref('dim_measures') }}
),

measure_parts as (
    select * from {{ ref('measure_parts') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

listings as (
    select * from {{ ref('fct_defaulter_listings') }}
),

linkage_activities as (
    select * from {{ ref('fct_linkage_activities') }}
),

spans as (
    select
        courts.province_code,
        min(court_measures.period_month) as first_month,
        max(court_measures.period_month) as last_month
    from court_measures
    inner join courts
        on court_measures.court_code = courts.court_code
    where
        court_measures.scope_code = 'province'
        and court_measures.courts_delivered > 0
    group by courts.province_code
),

wanted as (
    select
        figure_code,
        measure_code,
        'numerator' as part_role
    from figures
    union all
    select
        figure_code,
        denominator_measure as measure_code,
        'denominator' as part_role
    from figures
),

needed as (
    select
        wanted.figure_code,
        wanted.part_role,
        coalesce(measure_parts.part_measure_code, wanted.measure_code) as measure_code
    from wanted
    left join measure_parts
        on wanted.measure_code = measure_parts.measure_code
    where wanted.measure_code is not null
),

counted as (
    select
        needed.figure_code,
        needed.part_role,
        sum(court_measures.measure_value) as measure_value
    from needed
    inner join figures
        on needed.figure_code = figures.figure_code
    inner join measures
        on needed.measure_code = measures.measure_code
    inner join court_measures
        on
            needed.measure_code = court_measures.measure_code
            and figures.case_scope = court_measures.case_scope
            and court_measures.scope_code = 'province'
            and (
                (
                    measures.window_rule = 'sum'
                    and figures.first_month <= court_measures.period_month
                    and figures.last_month >= court_measures.period_month
                )
                or (measures.window_rule = 'first' and figures.first_month = court_measures.period_month)
                or (measures.window_rule = 'last' and figures.last_month = court_measures.period_month)
            )
    inner join courts
        on
            court_measures.court_code = courts.court_code
            and figures.province_code = courts.province_code
    group by needed.figure_code, needed.part_role
    union all
    select
        figures.figure_code,
        'numerator' as part_role,
        count(distinct listings.person_key) as measure_value
    from figures
    inner join courts
        on figures.province_code = courts.province_code
    inner join listings
        on
            courts.court_code = listings.court_code
            and figures.first_month <= listings.published_month
            and figures.last_month >= listings.published_month
    where figures.measure_code = 'distinct_defaulters'
    group by figures.figure_code
    union all
    select
        figures.figure_code,
        'numerator' as part_role,
        sum(linkage_activities.activity_count) as measure_value
    from figures
    inner join courts
        on figures.province_code = courts.province_code
    inner join linkage_activities
        on
            courts.court_code = linkage_activities.court_code
            and figures.first_month <= linkage_activities.occurred_month
            and figures.last_month >= linkage_activities.occurred_month
            and figures.activities like '%' || linkage_activities.activity || '%'
    group by figures.figure_code
),

recounted as (
    select
        figure_code,
        cast(sum(case when part_role = 'numerator' then measure_value end) as double) as numerator_value,
        cast(sum(case when part_role = 'denominator' then measure_value end) as double) as denominator_value
    from counted
    group by figure_code
),

compared as (
    select
        figures.*,
        coalesce(
            spans.first_month <= figures.first_month and spans.last_month >= figures.last_month, false
        ) as is_covered,
        case
            when spans.first_month > figures.first_month or spans.last_month < figures.last_month then null
            when figures.denominator_measure is null then recounted.numerator_value
            when recounted.denominator_value <> 0 then recounted.numerator_value / recounted.denominator_value
        end as recalculated_value,
        numerators.published_value / denominators.published_value as implied_value
    from figures
    left join spans
        on figures.province_code = spans.province_code
    left join recounted
        on figures.figure_code = recounted.figure_code
    left join figures as numerators
        on figures.numerator_figure = numerators.figure_code
    left join figures as denominators
        on figures.denominator_figure = denominators.figure_code
),

judged as (
    select
        *,
        abs(published_value - recalculated_value) <= allowed_difference + 0.000000001 as is_within,
        abs(published_value - implied_value) <= rounding + 0.000000001 as is_consistent
    from compared
),

explained as (
    select
        *,
        case
            when not is_consistent then 'own_counts_differ'
            when measure_code is null and activities is null then 'not_recomputable'
            when not is_covered then 'not_covered'
            when recalculated_value is null then 'nothing_delivered'
            when is_within then 'within'
            else 'deliveries_differ'
        end as reason_code
    from judged
),

final as (
    select
        figure_code,
        province_code,
        scope_zh,
        scope_en,
        first_month,
        last_month,
        name_zh,
        name_en,
        unit,
        published_value,
        recalculated_value,
        published_value - recalculated_value as value_difference,
        allowed_difference,
        is_within,
        implied_value,
        published_value - implied_value as implied_difference,
        is_consistent,
        reason_code,
        case reason_code
            when 'own_counts_differ' then '公布的比率与同文公布的件数对不上'
            when 'not_recomputable' then '不能由交付数据推算，只作登记'
            when 'not_covered' then '交付数据不含该范围或时段'
            when 'nothing_delivered' then '该时段没有交付所需的数据'
            when 'within' then '在允许误差之内'
            else '与交付数据推算的数不同'
        end as reason_zh,
        case reason_code
            when 'own_counts_differ' then 'The published rate does not follow from the counts published with it'
            when 'not_recomputable' then 'Cannot be worked out from deliveries; recorded only'
            when 'not_covered' then 'Deliveries do not cover the place or the period'
            when 'nothing_delivered' then 'Nothing it needs was delivered for the period'
            when 'within' then 'Within tolerance'
            else 'Deliveries add up to something else'
        end as reason_en,
        note_zh,
        note_en,
        source
    from explained
)

select * from final
