-- Each statement is asked by the function of its name in the module beside this file.

-- name: tables
select
    schema_name,
    table_name,
    comment,
    estimated_size as row_count
from system.main.duckdb_tables()
where not internal and not temporary
order by schema_name = 'catalogue', schema_name, table_name;

-- name: columns
select
    c.schema_name,
    c.table_name,
    c.column_name,
    lower(c.data_type) as data_type,
    c.comment
from system.main.duckdb_columns() as c
inner join system.main.duckdb_tables() as t  -- an excerpt has views on tables that are listed where they are
    on c.database_name = t.database_name and c.schema_name = t.schema_name and c.table_name = t.table_name
where not c.internal
order by c.schema_name = 'catalogue', c.schema_name, c.table_name, c.column_index;

-- name: macros
select
    function_name as macro_name,
    array_to_string(parameters, ', ') as parameters,
    comment
from system.main.duckdb_functions()
where function_type = 'table_macro' and not internal
order by function_name;
