{# The quantile of a group's values, between its two nearest in proportion, from each row's `place` (1 for the lowest)
   among `count` rows. Not percentile_cont: Sail cuts its proportion to six decimals, and 0.3 of the way becomes
   0.299999. #}
{% macro interpolated_quantile(value, fraction, place='place', count='placed_count') -%}
    {%- set position = 'cast(' ~ fraction ~ ' as double) * (' ~ count ~ ' - 1)' -%}
    max(case when {{ place }} = floor({{ position }}) + 1 then {{ value }} end)
    + (
        max(case when {{ place }} = ceil({{ position }}) + 1 then {{ value }} end)
        - max(case when {{ place }} = floor({{ position }}) + 1 then {{ value }} end)
    ) * max({{ position }} - floor({{ position }}))
{%- endmacro %}
