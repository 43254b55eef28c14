"""What a snapshot holds, as analysts see it: tables, columns and macros, with the comments they were published with.
The rows in them, and whether they may be read, do not belong here."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def tables(cursor: Cursor) -> pd.DataFrame:
    """schema_name, table_name, comment (`中文 | English`), row_count; the marts first, the catalogue last."""
    return SQL.frame(cursor, "tables")


def columns(cursor: Cursor) -> pd.DataFrame:
    """schema_name, table_name, column_name, data_type, comment of every column, in the tables' own order."""
    return SQL.frame(cursor, "columns")


def macros(cursor: Cursor) -> pd.DataFrame:
    """macro_name, parameters (with commas between them), comment of every table macro."""
    return SQL.frame(cursor, "macros")
