{# Where an engine that speaks Spark SQL (Spark itself, and Sail) reads the same words otherwise than DuckDB, or dbt's own
   macro for it is wrong. Each macro names the fault it mends. #}

{# dbt-spark goes through to_timestamp, which on Sail gives a day of 1970 without an error. Like DuckDB: a timestamp, and
   the last day of a shorter month. #}
{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {%- set units = {
        'year': 'make_interval(cast(%s as int))',
        'quarter': 'make_interval(0, 3 * cast(%s as int))',
        'month': 'make_interval(0, cast(%s as int))',
        'week': 'make_interval(0, 0, cast(%s as int))',
        'day': 'make_interval(0, 0, 0, cast(%s as int))',
        'hour': 'make_interval(0, 0, 0, 0, cast(%s as int))',
    } -%}
    {%- if datepart not in units -%}
        {{ exceptions.raise_compiler_error('dateadd is not written for ' ~ datepart) }}
    {%- endif -%}
    (cast({{ from_date_or_timestamp }} as timestamp) + {{ units[datepart] | replace('%s', interval) }})
{%- endmacro %}

{# dbt-spark counts whole months that have passed; every other engine counts the borders between two dates. #}
{% macro spark__datediff(first_date, second_date, datepart) -%}
    {%- if datepart == 'day' -%}
        datediff(cast({{ second_date }} as date), cast({{ first_date }} as date))
    {%- elif datepart == 'month' -%}
        (
            12 * (year({{ second_date }}) - year({{ first_date }}))
            + month({{ second_date }}) - month({{ first_date }})
        )
    {%- elif datepart == 'year' -%}
        (year({{ second_date }}) - year({{ first_date }}))
    {%- else -%}
        {{ exceptions.raise_compiler_error('datediff is not written for ' ~ datepart) }}
    {%- endif -%}
{%- endmacro %}

{# `varchar` without a length is no type of Spark SQL, in contracts and in seeds. #}
{% macro spark_type(data_type) -%}
    {{ 'string' if data_type | lower in ('varchar', 'text') else data_type }}
{%- endmacro %}

{% macro spark__cast(field, type) -%}
    cast({{ field }} as {{ spark_type(type) }})
{%- endmacro %}

{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set sql -%}
        create table {{ this.render() }} (
            {%- for name in agate_table.column_names -%}
                {{ name }} {{ spark_type(types.get(name, adapter.convert_type(agate_table, loop.index0))) }}
                {%- if not loop.last %}, {% endif -%}
            {%- endfor -%}
        ) {{ file_format_clause() }} {{ location_clause() }}
    {%- endset -%}
    {%- call statement('_') -%}
        {{ sql }}
    {%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}

{# dbt-spark binds a null as the text None, and ends a text at its quote. #}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- for rows in agate_table.rows | batch(get_batch_size()) -%}
        {%- set sql -%}
            insert into {{ this.render() }} values
            {% for row in rows -%}
                (
                {%- for name in agate_table.column_names -%}
                    cast({{ spark_literal(row[loop.index0]) }} as {{ spark_type(types.get(name, adapter.convert_type(agate_table, loop.index0))) }})
                    {%- if not loop.last %}, {% endif -%}
                {%- endfor -%}
                ){% if not loop.last %},{% endif %}
            {%- endfor -%}
        {%- endset -%}
        {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro spark_literal(value) -%}
    {%- if value is none -%}
        null
    {%- else -%}
        '{{ value | string | replace('\\', '\\\\') | replace("'", "\\'") }}'
    {%- endif -%}
{%- endmacro %}

{# Tables of Parquet files hold no constraints there (dbt-spark knows them for Delta only): what a contract calls not null
   is looked at by the comparison with DuckDB, where the constraint holds. #}
{% macro spark__persist_constraints(relation, model) -%}
{%- endmacro %}
