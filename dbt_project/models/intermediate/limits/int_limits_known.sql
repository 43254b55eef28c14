{{ config(materialized='table') }}

with node_limits as (
    select * from {{ ref('node_limits') }}
),

thresholds as (
    select * from {{ ref('thresholds') }}
),

choices as (
    select
        *,
        lead(valid_from) over (partition by limit_code order by valid_from nulls first) as next_from
    from {{ ref('limit_choices') }}
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

chosen as (
    select * from numbered
    union all
    select
        choices.limit_code,
        coalesce(numbered.rule_kind, 'statutory') as rule_kind,
        numbered.limit_value,
        case when choices.chosen_code is null then 'none' else numbered.limit_unit end as limit_unit,
        cast(null as {{ dbt.type_string() }}) as words_zh,
        cast(null as {{ dbt.type_string() }}) as words_en,
        choices.valid_from,
        cast({{ dbt.dateadd('day', -1, 'choices.next_from') }} as date) as valid_to
    from choices
    left join numbered
        on choices.chosen_code = numbered.limit_code
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
    from chosen
)

select * from final
