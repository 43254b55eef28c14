{# The condition under which a row of int_limits_known, named `limits`, is the one with that code that holds on `day`. #}
{% macro limit_in_force(day, code, limits='limits') -%}
    {{ code }} = {{ limits }}.limit_code
    and coalesce({{ limits }}.valid_from, cast({{ day }} as date)) <= cast({{ day }} as date)
    and cast({{ day }} as date) <= coalesce({{ limits }}.valid_to, cast({{ day }} as date))
{%- endmacro %}
