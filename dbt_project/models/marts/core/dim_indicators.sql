with indicators as (
    select * from {{ ref('indicators') }}
),

final as (
    select
        indicator_code,
        definition_version,
        name_zh,
        name_en,
        short_name_zh,
        short_name_en,
        domain,
        case_scope,
        numerator_measure,
        denominator_measure,
        count_measure,
        denominator_kind,
        direction,
        unit,
        cast(min_denominator as integer) as min_denominator,
        cast(target_value as double) as target_value,
        cast(interval_low as double) as interval_low,
        cast(interval_high as double) as interval_high,
        target_source,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        cast(lead(valid_from) over (partition by indicator_code order by valid_from) as date) as superseded_from,
        formula_zh,
        formula_en,
        definition_zh,
        definition_en,
        numerator_zh,
        numerator_en,
        denominator_zh,
        denominator_en,
        window_rule_zh,
        window_rule_en,
        how_to_read_zh,
        how_to_read_en,
        how_to_improve_zh,
        how_to_improve_en,
        disputes_zh,
        disputes_en,
        source,
        confidence,
        cast(is_working_definition as boolean) as is_working_definition,
        cast(sort_order as integer) as sort_order
    from indicators
)

select * from final
