with said as (
    select * from {{ ref('stg_published__values') }}
),

closings as (
    select * from {{ ref('stg_published__closings') }}
),

placed as (
    select
        said.*,
        closings.sequence_number as closing_number,
        said.sequence_number <= closings.sequence_number as is_by_closing
    from said
    inner join closings
        on
            said.province_code = closings.province_code
            and said.period_month = closings.period_month
    where said.is_present
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                court_code, scope_code, window_code, period_month, indicator_code, definition_version
            order by
                is_by_closing desc,
                case when is_by_closing then -sequence_number else sequence_number end
        ) as choice_number
    from placed
),

final as (
    select
        province_code,
        court_code,
        scope_code,
        window_code,
        period_month,
        indicator_code,
        definition_version,
        numerator,
        denominator,
        value,
        status,
        rank,
        ranked_count,
        sequence_number,
        snapshot_id,
        case when is_by_closing then closing_number else sequence_number end as closing_number
    from numbered
    where choice_number = 1
)

select * from final
