"""Reads everything that a snapshot holds and prints it as JSON: run by a DuckDB of any release, without our packages.
What the answers must be is said by test_older_readers.py."""

import json
import sys

import duckdb

OBJECTS = """
select 'table' as kind, schema_name as part, table_name as name, comment from duckdb_tables() where not internal
union all
select 'column', table_name, column_name, comment from duckdb_columns() where not internal
union all
select 'macro', schema_name, function_name, comment from duckdb_functions() where not internal
"""


def fingerprint(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """Rows, and a sum over the rows' texts that no order and no release of DuckDB changes."""
    relation = connection.sql(f"from {source}")
    parts = " || '|' || ".join(f"""coalesce("{column}"::varchar, '∅')""" for column in relation.columns)
    query = f"select count(*), sum(('0x' || md5({parts})[:12])::bigint) from {source}"
    return [str(value) for value in connection.sql(query).fetchall()[0]]


connection = duckdb.connect(sys.argv[1], read_only=True)
objects = sorted([str(value) for value in row] for row in connection.sql(OBJECTS).fetchall())
tables = [f'"{part}"."{name}"' for kind, part, name, _ in objects if kind == "table"]
asked = ["indicator('QX02', in_window := 'ytd')", "ranking('COMPOSITE')", "measure('new_cases')"]
json.dump(
    {
        "version": duckdb.__version__,
        "objects": objects,
        "contents": {source: fingerprint(connection, source) for source in [*tables, *asked]},
    },
    sys.stdout,
)
