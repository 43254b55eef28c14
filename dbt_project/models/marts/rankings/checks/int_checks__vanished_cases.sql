with exceptions as (
    select * from {{ ref('int_case_flow_exceptions_listed') }}
),

flows as (
    select * from {{ ref('int_case_flows_delivered') }}
),

final as (
    select
        'GC22' as check_code,
        court_code,
        period_month,
        case_id,
        case_number,
        1 as hit_count,
        1 as trial_count,
        case exception_code
            when 'absent_after_gap' then '上次交付时未结，其后有月份没有交付，本月没有交付也没有结案'
            else '上月未结，本月没有交付也没有结案'
        end as detail_zh,
        case exception_code
            when 'absent_after_gap'
                then
                    'Open when last delivered; a month since then was not delivered; neither delivered nor closed now'
            else 'Open last month, neither delivered nor closed this month'
        end as detail_en
    from exceptions
    where exception_code in ('absent_while_open', 'absent_after_gap')
    union all
    select
        'GC22' as check_code,
        court_code,
        extract_month as period_month,
        cast(null as {{ dbt.type_string() }}) as case_id,
        cast(null as {{ dbt.type_string() }}) as case_number,
        0 as hit_count,
        cast(sum(opening_count + new_count) as integer) as trial_count,
        cast(null as {{ dbt.type_string() }}) as detail_zh,
        cast(null as {{ dbt.type_string() }}) as detail_en
    from flows
    group by court_code, extract_month
)

select * from final
