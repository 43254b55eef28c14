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
        '上月未结，本月没有交付也没有结案' as detail_zh,
        'Open last month, neither delivered nor closed this month' as detail_en
    from exceptions
    where exception_code in ('absent_while_open')
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
