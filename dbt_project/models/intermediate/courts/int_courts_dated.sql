with courts as (
    select * from {{ ref('courts') }}
),

begun as (
    select
        court_code,
        case_prefix,
        name_zh,
        name_en,
        short_name_zh,
        short_name_en,
        level,
        parent_court_code,
        province_code,
        division_code,
        prefix_status,
        coalesce(
            peer_group,
            case level
                when 'high' then 'high_own'
                when 'intermediate' then 'intermediate_own'
                else 'basic'
            end
        ) as peer_group,
        map_row,
        map_column,
        sort_order,
        valid_from,
        coalesce(
            cast({{ dbt.date_trunc('month', 'valid_from') }} as date), cast('1900-01-01' as date)
        ) as first_month,
        -- When a court serves and who has its cases is said of the court, in whichever of its rows.
        max(delivers_from) over (partition by court_code) as delivers_from,
        max(delivers_to) over (partition by court_code) as delivers_to,
        max(successor_code) over (partition by court_code) as successor_code,
        max(predecessor_code) over (partition by court_code) as predecessor_code
    from courts
),

-- Rows follow one another without a gap; of two that begin in one month the later one has it.
followed as (
    select
        *,
        lead(first_month) over (
            partition by court_code
            order by first_month, coalesce(valid_from, cast('1900-01-01' as date))
        ) as next_month
    from begun
),

final as (
    select
        court_code,
        first_month,
        coalesce(
            cast({{ dbt.dateadd('month', -1, 'next_month') }} as date), cast('9999-12-01' as date)
        ) as last_month,
        case_prefix,
        name_zh,
        name_en,
        short_name_zh,
        short_name_en,
        level,
        parent_court_code,
        province_code,
        division_code,
        prefix_status,
        delivers_from,
        delivers_to,
        successor_code,
        predecessor_code,
        peer_group,
        map_row,
        map_column,
        sort_order
    from followed
)

select * from final
