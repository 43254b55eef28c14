with restrictions as (
    select * from {{ ref('fct_restrictions') }}
),

months as (
    select * from {{ ref('dim_months') }}
),

span as (
    select min(period_month) as first_month
    from months
),

changes as (
    select
        court_code,
        issued_month as change_month,
        count(*) as issued_count,
        0 as lifted_count
    from restrictions
    group by court_code, issued_month
    union all
    select
        court_code,
        cast({{ dbt.date_trunc('month', 'lifted_date') }} as date) as change_month,
        0 as issued_count,
        count(*) as lifted_count
    from restrictions
    where lifted_date is not null
    group by court_code, cast({{ dbt.date_trunc('month', 'lifted_date') }} as date)
),

dated as (
    select
        changes.court_code,
        greatest(changes.change_month, span.first_month) as period_month,
        sum(case when changes.change_month >= span.first_month then changes.issued_count else 0 end) as issued_count,
        sum(case when changes.change_month >= span.first_month then changes.lifted_count else 0 end) as lifted_count,
        sum(changes.issued_count - changes.lifted_count) as change_count
    from changes
    cross join span
    group by changes.court_code, greatest(changes.change_month, span.first_month)
),

spine as (
    select
        kept.court_code,
        months.period_month
    from (select distinct court_code from dated) as kept
    cross join months
),

final as (
    select
        spine.court_code,
        spine.period_month,
        cast(coalesce(dated.issued_count, 0) as bigint) as issued_count,
        cast(coalesce(dated.lifted_count, 0) as bigint) as lifted_count,
        cast(
            sum(coalesce(dated.change_count, 0)) over (
                partition by spine.court_code
                order by spine.period_month
                rows between unbounded preceding and current row
            ) as bigint
        ) as restricted_stock_count
    from spine
    left join dated
        on
            spine.court_code = dated.court_code
            and spine.period_month = dated.period_month
)

select * from final
