with exceptions as (
    select * from {{ ref('int_case_flow_exceptions_listed') }}
),

flows as (
    select * from {{ ref('int_case_flows_delivered') }}
),

final as (
    select
        'GC21' as check_code,
        court_code,
        period_month,
        case_id,
        case_number,
        1 as hit_count,
        1 as trial_count,
        '上月交付后改动了立案或结案日期' as detail_zh,
        'A filing or closing date was changed after its month had been delivered' as detail_en
    from exceptions
    where exception_code in ('closed_backdated', 'filed_date_moved', 'filed_date_changed', 'closed_date_changed')
    union all
    select
        'GC21' as check_code,
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
