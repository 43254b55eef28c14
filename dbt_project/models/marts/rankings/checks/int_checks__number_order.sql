with all_cases as (
    select * from {{ ref('fct_enforcement_cases') }}
),

numbered as (
    select
        *,
        substring(case_number, 2, 4) as number_year,
        cast(
            replace(substring(case_number, {{ dbt.position("'" ~ "执" ~ "'", 'case_number') }} + 1, 12), '号', '')
            as integer
        ) as serial_number
    from all_cases
    where case_type = '执' and case_number_status = 'parsed'
),

neighbours as (
    select
        *,
        lag(filed_date) over (
            partition by court_code, number_year
            order by serial_number, case_id
        ) as latest_before
    from numbered
),

final as (
    select
        'GC15' as check_code,
        court_code,
        filed_month as period_month,
        case_id,
        case_number,
        case when latest_before > filed_date then 1 else 0 end as hit_count,
        1 as trial_count,
        '立案日期 ' || cast(filed_date as {{ dbt.type_string() }}) || '，前一编号立案于 '
        || cast(latest_before as {{ dbt.type_string() }}) as detail_zh,
        'Filed ' || cast(filed_date as {{ dbt.type_string() }}) || ', while the number before was filed '
        || cast(latest_before as {{ dbt.type_string() }}) as detail_en
    from neighbours
)

select * from final
