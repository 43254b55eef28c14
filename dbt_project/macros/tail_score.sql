{# How far x of n lies above the share p, as a standard normal score: the Camp-Paulson approximation of the binomial
   upper tail P(X >= x), good to a few per cent of the probability down to n·p well below 1, where (x - np)/sd is not.
   Null for x = 0. p has to lie between 0 and 1, both excluded. #}
{% macro tail_score(x, n, p) -%}
    {%- set odds = 'cast(' ~ x ~ ' as double) * (1 - ' ~ p ~ ') / ((' ~ n ~ ' - ' ~ x ~ ' + 1) * ' ~ p ~ ')' -%}
    {%- set a = 'cast(1 as double) / (9 * (' ~ n ~ ' - ' ~ x ~ ' + 1))' -%}
    {%- set b = 'cast(1 as double) / (9 * nullif(' ~ x ~ ', 0))' -%}
    {{- '((1 - ' ~ b ~ ') * power(' ~ odds ~ ', cast(1 as double) / 3) - (1 - ' ~ a ~ ')) / sqrt(' ~ b ~ ' * power(' ~ odds ~ ', cast(2 as double) / 3) + ' ~ a ~ ')' -}}
{%- endmacro %}
