{{ config(materialized='table') }}

with node_limits as (
    select * from {{ ref('node_limits') }}
),

thresholds as (
    select * from {{ ref('thresholds') }}
),

-- A limit of '1-3' months is a range within which somebody decides: it has no number of its own.
numbered as (
    select
        node_code as limit_code,
        rule_kind,
        case when limit_value not like '%-%' then cast(limit_value as decimal(18, 4)) end as limit_value,
        limit_unit,
        cast(null as {{ dbt.type_string() }}) as words_zh,
        cast(null as {{ dbt.type_string() }}) as words_en,
        valid_from,
        valid_to
    from node_limits
    union all
    select
        threshold_code as limit_code,
        'threshold' as rule_kind,
        limit_value,
        limit_unit,
        words_zh,
        words_en,
        valid_from,
        valid_to
    from thresholds
),

final as (
    select
        limit_code,
        rule_kind,
        limit_value,
        case when limit_unit in ('hour', 'day', 'workday', 'month', 'year') then cast(limit_value as integer) end
            as limit_count,
        limit_unit,
        words_zh,
        words_en,
        valid_from,
        valid_to
    from numbered
)

select * from final
