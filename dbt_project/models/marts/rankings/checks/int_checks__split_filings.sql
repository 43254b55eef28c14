with filings as (
    select * from {{ ref('int_filings_paired') }}
),

final as (
    select
        'GC19' as check_code,
        court_code,
        cast({{ dbt.date_trunc('month', 'filed_date') }} as date) as period_month,
        case_id,
        case_number,
        case when place_in_batch > 1 then 1 else 0 end as hit_count,
        1 as trial_count,
        '同日对同一被执行人同一案由的第 ' || cast(place_in_batch as {{ dbt.type_string() }}) || ' 件' as detail_zh,
        'Case number ' || cast(place_in_batch as {{ dbt.type_string() }})
        || ' of one day against one respondent for one cause' as detail_en
    from filings
)

select * from final
