with sets as (
    select * from {{ ref('indicator_sets') }}
),

members as (
    select * from {{ ref('indicator_set_members') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
    where superseded_from is null
),

final as (
    select
        sets.set_code,
        sets.set_role,
        sets.name_zh as set_name_zh,
        sets.name_en as set_name_en,
        cast(members.item_number as integer) as item_number,
        members.indicator_code,
        coalesce(members.item_name_zh, indicators.name_zh) as name_zh,
        coalesce(members.item_name_en, indicators.name_en) as name_en,
        cast(members.target_value as double) as target_value,
        cast(members.is_veto as boolean) as is_veto,
        members.target_window,
        cast(sets.valid_from as date) as valid_from,
        cast(sets.valid_to as date) as valid_to,
        sets.source,
        cast(sets.sort_order as integer) as sort_order,
        sets.condition_zh as set_condition_zh,
        sets.condition_en as set_condition_en,
        cast(sets.required_court_ratio as double) as required_court_ratio
    from sets
    inner join members
        on sets.set_code = members.set_code
    left join indicators
        on members.indicator_code = indicators.indicator_code
)

select * from final
