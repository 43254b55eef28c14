"""Builds small published snapshots for the gallery's tests: full, empty, and of one court.
The tables' contents are written in SQL beside this file; no pipeline and no page belongs here."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

SCRIPTS = Path(__file__).parent / "small"
ORDER = ("dimensions", "records", "measures", "indicators", "quality")


def build_full(directory: Path, snapshot_id: str = "20200105-0800-full") -> Path:
    """A data directory whose snapshot has 12 courts and 24 months; returns the data directory."""
    with _writer(directory, snapshot_id) as connection:
        for name in ORDER:
            connection.execute((SCRIPTS / f"{name}.sql").read_text(encoding="utf-8"))
    return _point(directory, snapshot_id)


def build_one_court(directory: Path, snapshot_id: str = "20200105-0800-one") -> Path:
    """The full snapshot with every court but one basic court taken out."""
    build_full(directory, snapshot_id)
    with _writer(directory, snapshot_id) as connection:
        for schema, table in _tables_with_court(connection):
            connection.execute(f'delete from "{schema}"."{table}" where court_code is distinct from \'T13\'')
    return _point(directory, snapshot_id)


def build_empty(directory: Path, snapshot_id: str = "20200105-0800-empty") -> Path:
    """The full snapshot's tables without a single row."""
    build_full(directory, snapshot_id)
    with _writer(directory, snapshot_id) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() where not temporary").fetchall()
        for schema, table in tables:
            connection.execute(f'delete from "{schema}"."{table}"')
    return _point(directory, snapshot_id)


def _writer(directory: Path, snapshot_id: str) -> duckdb.DuckDBPyConnection:
    place = directory / "published" / snapshot_id
    place.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(str(place / "enforcement.duckdb"), config={"threads": 2})


def _tables_with_court(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_columns() where column_name = 'court_code' and not internal"
    ).fetchall()


def _point(directory: Path, snapshot_id: str) -> Path:
    manifest = {"snapshot_id": snapshot_id, "published_at": "2020-01-05T08:00:00+00:00", "code_version": "test"}
    place = directory / "published" / snapshot_id
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (directory / "published" / "CURRENT").write_text(snapshot_id, encoding="utf-8")
    return directory
