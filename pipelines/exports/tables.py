"""The tables of a snapshot as its catalogue describes them, for writers that need types, keys and comments.
Writing them in some format belongs to the modules beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.quoting import quoted


class ExportError(Exception):
    """The export cannot be made; the message says why and what to do, in Chinese and English."""


@dataclass(frozen=True)
class Column:
    """`type` is DuckDB's name of it, for example `DECIMAL(24,2)`."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class Table:
    """One published table. `key` is proven unique by a data test, and empty when there is none."""

    schema: str
    name: str
    comment: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: int

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def source(self) -> str:
        """The table's name as SQL."""
        return f"{quoted(self.schema)}.{quoted(self.name)}"


@contextmanager
def opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to a snapshot's database."""
    with duckdb.connect(str(database), read_only=True, config={"threads": 2, "memory_limit": "1GB"}) as connection:
        yield connection


def tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every published table by name. ExportError when the snapshot was published before it had a catalogue."""
    try:
        described = connection.execute(
            """
            select schema_name, table_name, key_columns, description_zh || ' | ' || description_en, row_count
            from catalogue.dim_tables order by schema_name, table_name
            """
        ).fetchall()
    except duckdb.CatalogException as missing:
        raise ExportError(
            "这个快照没有目录，是旧版本发布的：先运行 make run 重新发布 | "
            "this snapshot has no catalogue, an older version published it: publish again with make run"
        ) from missing
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, name, kind, comment in connection.execute(
        """
        select schema_name, table_name, column_name, data_type, coalesce(comment, '')
        from system.main.duckdb_columns() where not internal order by schema_name, table_name, column_index
        """
    ).fetchall():
        columns.setdefault((schema, table), []).append(Column(name, kind, comment))
    return [
        Table(schema, name, comment, tuple(filter(None, key.split(","))), tuple(columns[schema, name]), rows)
        for schema, name, key, comment, rows in described
    ]
