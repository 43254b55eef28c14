{# Every case scope with its case types; what is not counted by case has a scope of its own, whose case type is 'none'. #}
{% macro case_scope_types() -%}
    select
        case_scope,
        case_type
    from {{ ref('dim_case_scope_members') }}
    union all
    select
        'not_case_based' as case_scope,
        'none' as case_type
{%- endmacro %}
