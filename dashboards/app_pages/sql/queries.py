"""What a snapshot holds, as analysts see it: tables, columns and macros, with the comments they were published with.
The rows in them, and whether they may be read, do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

Cursor = duckdb.DuckDBPyConnection


def tables(cursor: Cursor) -> pd.DataFrame:
    """schema_name, table_name, comment (`中文 | English`), row_count; the marts first, the catalogue last."""
    return cursor.execute(
        """
        select schema_name, table_name, comment, estimated_size as row_count
        from system.main.duckdb_tables() where not internal and not temporary
        order by schema_name = 'catalogue', schema_name, table_name
        """
    ).df()


def columns(cursor: Cursor) -> pd.DataFrame:
    """schema_name, table_name, column_name, data_type, comment of every column, in the tables' own order."""
    return cursor.execute(
        """
        select c.schema_name, c.table_name, c.column_name, lower(c.data_type) as data_type, c.comment
        from system.main.duckdb_columns() as c
        inner join system.main.duckdb_tables() as t  -- an excerpt has views on tables that are listed where they are
            on t.database_name = c.database_name and t.schema_name = c.schema_name and t.table_name = c.table_name
        where not c.internal
        order by c.schema_name = 'catalogue', c.schema_name, c.table_name, c.column_index
        """
    ).df()


def macros(cursor: Cursor) -> pd.DataFrame:
    """macro_name, parameters (with commas between them), comment of every table macro."""
    return cursor.execute(
        """
        select function_name as macro_name, array_to_string(parameters, ', ') as parameters, comment
        from system.main.duckdb_functions() where function_type = 'table_macro' and not internal
        order by function_name
        """
    ).df()
