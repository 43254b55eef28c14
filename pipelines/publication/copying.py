"""Copies public tables from the warehouse into a new file: sorted, commented in two languages, checkpointed.
Which tables these are comes from public_models.py; where the file goes and when it counts from snapshot.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipelines.publication import catalogue
from pipelines.publication.analysts import macros
from pipelines.publication.public_models import NotPublishableError, PublicModel
from pipelines.quoting import literal, quoted

# Readers filter by these, most selective first; rows that are read together lie together, and compress.
SORT_ORDER = (
    "indicator_code", "measure_code", "window_code", "peer_group", "scope_code", "kind", "court_code", "case_scope",
    "period_month", "extract_month", "filed_date", "case_id",
)  # fmt: skip
MEMORY_LIMIT = "1GB"
# DBeaver, R and ODBC bring a DuckDB of their own, often older: 1.4 is its long-term release. What 2.0 writes by default
# opens in 2.0 alone; "v1.2.0" costs three CPU seconds on the sample, this one less than one.
STORAGE = "v1.4.0"


def copy_tables(
    warehouse: Path, target: Path, models: Sequence[PublicModel], manifest: dict[str, Any]
) -> dict[str, int]:
    """Copy `models` into a new database with their catalogue, made from dbt's `manifest`, and the analysts' macros;
    gives rows by table. NotPublishableError if one is missing or undescribed."""
    with duckdb.connect(
        str(target), config={"threads": 2, "memory_limit": MEMORY_LIMIT, "storage_compatibility_version": STORAGE}
    ) as connection:
        connection.execute("set preserve_insertion_order = true")
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        columns = _columns(connection, models)
        _refuse_undescribed(models, columns)
        counts = {model.full_name: _copy(connection, model, columns[model.full_name]) for model in models}
        connection.execute("detach warehouse")
        connection.execute("begin")  # each of some two thousand statements was written out, and waited for, by itself
        for model in models:
            comment(connection, model)
        catalogue.write(connection, manifest, models, counts)
        macros.create(connection)
        connection.execute("commit")
        connection.execute("checkpoint")
    return counts


def _columns(connection: duckdb.DuckDBPyConnection, models: Sequence[PublicModel]) -> dict[str, list[str]]:
    """The columns of each model's table, by its full name."""
    found: dict[str, list[str]] = {}
    listed = connection.execute(
        """
        select schema_name || '.' || table_name, column_name from duckdb_columns()
        where database_name = 'warehouse' order by schema_name, table_name, column_index
        """
    )
    for table, column in listed.fetchall():
        found.setdefault(table, []).append(column)
    for model in models:
        if model.full_name not in found:
            raise NotPublishableError(f"the warehouse has no table {model.full_name}: build it before publishing")
    return found


def _refuse_undescribed(models: Sequence[PublicModel], columns: dict[str, list[str]]) -> None:
    """Every table and column carries a comment in Chinese and English, or nothing is published."""
    bare = [model.full_name for model in models if " | " not in model.description]
    for model in models:
        texts = {name.lower(): text for name, text in model.columns.items()}
        bare += [
            f"{model.full_name}.{name}" for name in columns[model.full_name] if " | " not in texts.get(name.lower(), "")
        ]
    if bare:
        raise NotPublishableError(f"without a description in both languages (中文 | English): {', '.join(bare)}")


def _copy(connection: duckdb.DuckDBPyConnection, model: PublicModel, columns: Sequence[str]) -> int:
    name = f"{quoted(model.schema)}.{quoted(model.name)}"
    order = ", ".join(quoted(column) for column in SORT_ORDER if column in columns) or "all"
    connection.execute(f"create schema if not exists {quoted(model.schema)}")
    connection.execute(f"create table {name} as from warehouse.{name} order by {order}")
    counted = connection.execute(f"select count(*) from {name}").fetchone()  # noqa: S608 - names come from dbt's manifest, quoted
    return int(counted[0]) if counted else 0


def comment(connection: duckdb.DuckDBPyConnection, model: PublicModel) -> None:
    """What dbt says of a table and its columns, as comments in the database that is open for writing."""
    name = f"{quoted(model.schema)}.{quoted(model.name)}"
    connection.execute(f"comment on table {name} is {literal(model.description)}")
    for column, text in model.columns.items():
        connection.execute(f"comment on column {name}.{quoted(column)} is {literal(text)}")
