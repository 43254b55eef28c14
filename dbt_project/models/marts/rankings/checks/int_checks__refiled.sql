with filings as (
    select * from {{ ref('int_filings_paired') }}
),

final as (
    select
        'GC07' as check_code,
        court_code,
        cast({{ dbt.date_trunc('month', 'filed_date') }} as date) as period_month,
        case_id,
        case_number,
        case when earlier_case_number is not null then 1 else 0 end as hit_count,
        1 as trial_count,
        within_zh || '内以终结或销案结案的 ' || earlier_case_number || ' 再次立案' as detail_zh,
        'Filed again within ' || within_en || ' of the termination of ' || earlier_case_number as detail_en
    from filings
)

select * from final
