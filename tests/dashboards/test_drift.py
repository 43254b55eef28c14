"""The small snapshot against what dbt publishes, so that tests on it say something about the real one.
The contents of real tables are tested where they are made."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
TABLE = re.compile(r"\b(core|performance|rankings)\.([a-z_]+)\b")


def test_the_small_snapshot_has_the_tables_columns_and_types_of_the_contracts(
    truth: duckdb.DuckDBPyConnection, contracts: dict[tuple[str, str], dict[str, str]]
) -> None:
    present: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, column, kind in truth.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns()"
        " where not internal and schema_name <> 'catalogue'"
    ).fetchall():
        present.setdefault((schema, table), {})[column] = kind.lower().replace(" ", "")
    expected = {
        key: {
            name: kind.lower().replace(" ", "").replace("timestampntz", "timestamp") for name, kind in columns.items()
        }
        for key, columns in contracts.items()
    }
    assert len(expected) > 30
    assert present == expected


def named() -> set[tuple[str, str]]:
    """Schema and table, of every module of queries and every file of statements: shared ones, pages', the pack's."""
    files = [
        file
        for file in (ROOT / "dashboards").rglob("*")
        if file.suffix in (".py", ".sql") and (file.stem == "queries" or file.parent.name == "queries")
    ]
    return {match for file in files for match in TABLE.findall(file.read_text(encoding="utf-8"))}


def test_every_table_that_a_query_names_is_published(contracts: dict[tuple[str, str], dict[str, str]]) -> None:
    assert len(named()) > 40
    assert named() - contracts.keys() == set()


def test_the_small_snapshot_has_rows_in_every_table_that_a_query_names(truth: duckdb.DuckDBPyConnection) -> None:
    empty = [
        f"{schema}.{table}"
        for schema, table in sorted(named())
        if not truth.execute(f'select 1 from "{schema}"."{table}" limit 1').fetchone()
    ]
    assert empty == []
