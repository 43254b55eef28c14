{# Judges the simple data tests at the end of a build: one query a table instead of a node of dbt's graph for each.
   Only for a build that leaves their kinds out by name (`--exclude test_name:unique`), and only where all that a test
   reads was built by it. What each found is said as JSON after CLAIMS: whoever builds reads it and fails in its name. #}
{% macro judge_claims(results) %}
{%- set left_out = invocation_args_dict.get('exclude') or [] -%}
{%- if execute and flags.WHICH == 'build' and left_out -%}
    {%- set built = results | selectattr('status', 'equalto', 'success') | map(attribute='node.unique_id') | list -%}
    {%- set tables = {} -%}
    {%- for test in graph.nodes.values() -%}
        {%- if test.resource_type == 'test' and test.test_metadata is defined
            and ('test_name:' ~ test.test_metadata.name) in left_out
            and not (test.depends_on.nodes | reject('in', built) | list) -%}
            {%- do tables.setdefault(test.attached_node, []).append(test) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for claims in tables.values() -%}
        {%- set counted = [] -%}
        {%- for claim in claims -%}
            {%- do counted.append("select " ~ loop.index0 ~ " as claim, count(*) as failures from ("
                ~ claim_sql(claim) ~ ") as failing") -%}
        {%- endfor -%}
        {%- set found = {} -%}
        {%- for row in run_query(counted | join("\nunion all\n")).rows -%}
            {%- do found.update({claims[row[0] | int].unique_id: row[1] | int}) -%}
        {%- endfor -%}
        {%- do log('CLAIMS ' ~ tojson(found), info=true) -%}
    {%- endfor -%}
{%- endif -%}
{% endmacro %}

{# The query of a generic test, whose rows are its failures: its macro, on relations where the project writes `ref`. #}
{% macro claim_sql(claim) %}
{%- set table = graph.nodes[claim.attached_node].relation_name -%}
{%- if claim.config.where -%}
    {%- set table = "(select * from " ~ table ~ " where " ~ claim.config.where ~ ") as chosen" -%}
{%- endif -%}
{%- set asked = dict(claim.test_metadata.kwargs, model=table) -%}
{%- if asked.to is defined -%}
    {%- set others = claim.depends_on.nodes | reject('equalto', claim.attached_node) | list or [claim.attached_node] -%}
    {%- do asked.update({'to': graph.nodes[others[0]].relation_name}) -%}
{%- endif -%}
{{ return(context['test_' ~ claim.test_metadata.name](**asked)) }}
{% endmacro %}
