with filled as (
    select * from {{ ref('int_columns_filled') }}
),

delivered_kinds as (
    select * from {{ ref('fct_delivered_kinds') }}
),

deliveries as (
    select * from {{ ref('stg_ledger__deliveries') }}
),

courts as (
    select * from {{ ref('dim_courts') }}
),

needed as (
    select * from {{ ref('optional_columns') }}
),

asked as (
    select
        delivered_kinds.court_code,
        delivered_kinds.kind,
        delivered_kinds.extract_month,
        needed.column_name,
        needed.header_zh,
        needed.header_en,
        courts.province_code,
        courts.level,
        coalesce(filled.called_count, 0) as called_count,
        coalesce(filled.row_count, 0) as row_count,
        coalesce(filled.filled_count, 0) as filled_count,
        coalesce(
            ',' || deliveries.delivered_columns || ',' not like '%,' || needed.column_name || ',%', false
        ) as is_absent
    from delivered_kinds
    inner join needed
        on delivered_kinds.kind = needed.kind
    inner join courts
        on delivered_kinds.court_code = courts.court_code
    left join deliveries
        on delivered_kinds.delivery_id = deliveries.delivery_id
    left join filled
        on
            delivered_kinds.court_code = filled.court_code
            and delivered_kinds.kind = filled.kind
            and delivered_kinds.extract_month = filled.extract_month
            and needed.column_name = filled.column_name
),

users as (
    select
        court_code,
        kind,
        column_name,
        sum(filled_count) as ever_filled
    from asked
    group by court_code, kind, column_name
),

-- How often courts of the level that use the column fill it in. Half a row of each sort is added: a share of few rows
-- is known badly.
usual as (
    select
        asked.province_code,
        asked.level,
        asked.kind,
        asked.column_name,
        (cast(sum(asked.filled_count) as double) + 0.5) / (sum(asked.row_count) + 1.0) as filled_share
    from asked
    inner join users
        on
            asked.court_code = users.court_code
            and asked.kind = users.kind
            and asked.column_name = users.column_name
    where users.ever_filled > 0
    group by asked.province_code, asked.level, asked.kind, asked.column_name
),

numbered as (
    select
        *,
        sum(filled_count) over (partition by province_code, kind, column_name) as province_filled,
        sum(case when filled_count > 0 then 1 else 0 end) over (
            partition by court_code, kind, column_name
            order by extract_month
            rows between unbounded preceding and current row
        ) as run_number
    from asked
),

-- Rows of the months in a row in which the column was empty.
summed as (
    select
        numbered.*,
        sum(case when numbered.filled_count = 0 then numbered.row_count else 0 end) over (
            partition by numbered.court_code, numbered.kind, numbered.column_name, numbered.run_number
        ) as empty_rows,
        case
            -- Nobody of the province ever filled it in: how often it would be is not known.
            when numbered.province_filled = 0 then 0.5
            when usual.filled_share > 0.99 then 0.99
            else usual.filled_share
        end as filled_share
    from numbered
    left join usual
        on
            numbered.province_code = usual.province_code
            and numbered.level = usual.level
            and numbered.kind = usual.kind
            and numbered.column_name = usual.column_name
),

limited as (
    {{ beside_thresholds('summed', 'extract_month', least_score='EMPTY_COLUMN in score') }}
),

final as (
    select
        court_code,
        kind,
        extract_month,
        column_name,
        header_zh,
        header_en,
        case when is_absent then 'absent' else 'empty' end as reason_code,
        cast(called_count as bigint) as row_count
    from limited
    where
        filled_count = 0
        -- A column that no row of the file calls for is not missed.
        and called_count > 0
        and (is_absent or -ln(1 - filled_share) * empty_rows > least_score)
)

select * from final
