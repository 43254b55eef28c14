with exceptions as (
    select * from {{ ref('int_case_flow_exceptions_listed') }}
),

final as (
    select
        case_id,
        case_number,
        court_code,
        period_month,
        exception_code,
        cast(flow_effect as integer) as flow_effect,
        other_court_code,
        filed_date,
        closed_date,
        previous_filed_date,
        previous_closed_date,
        case exception_code
            when 'absent_while_open' then '上月未结，本月没有交付，也没有结案'
            when 'absent_after_gap' then '上次交付时未结，其后有月份没有交付，本月没有交付，也没有结案'
            when 'late_first_appearance' then '立案在前，本月才首次交付'
            when 'reopened' then '上次交付时已结案，本月又成为未结'
            when 'reappeared' then '中断交付后重新出现'
            when 'closed_backdated' then '上次交付时未结，现在补录的结案日期不晚于那个月'
            when 'court_changed' then '案件转到或来自另一法院'
            when 'court_succeeded' then '随法院合并、分设或改设移转，不是新收，也不是转案'
            when 'filed_date_moved' then '立案日期跨月改动'
            when 'filed_date_changed' then '立案日期改动'
            when 'closed_date_changed' then '结案日期改动'
            when 'first_delivered_after_closing' then '首次交付时已在更早月份结案'
        end as detail_zh,
        case exception_code
            when 'absent_while_open' then 'Open last month, neither delivered nor closed this month'
            when 'absent_after_gap'
                then
                    'Open when last delivered; a month since then was not delivered; neither delivered nor closed now'
            when 'late_first_appearance' then 'Filed earlier, first delivered this month'
            when 'reopened' then 'Closed when last delivered, open again this month'
            when 'reappeared' then 'Delivered again after a gap'
            when 'closed_backdated'
                then 'Open when last delivered; the closing date now given lies no later than that month'
            when 'court_changed' then 'Moved to or from another court'
            when 'court_succeeded' then 'Passed on with its court by the register: neither newly filed nor moved'
            when 'filed_date_moved' then 'Filing date moved to another month'
            when 'filed_date_changed' then 'Filing date changed'
            when 'closed_date_changed' then 'Closing date changed'
            when 'first_delivered_after_closing' then 'Already closed in an earlier month when first delivered'
        end as detail_en
    from exceptions
)

select * from final
