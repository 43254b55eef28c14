"""A snapshot cut down to what one jurisdiction may read: every table for the whole province, and of the others only the
jurisdiction's own rows. Which table is which, and by which columns, is said by the snapshot's catalogue."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from dashboards.snapshot import DATABASE, Snapshot, published_directory

MEMORY_LIMIT = "1GB"
CATALOGUE = ("dim_tables", "rpt_lineage", "dim_macros")


class NoCatalogueError(Exception):
    """The snapshot does not say which rows belong to whom, so nobody but the whole province's readers may open it."""


def excerpt(snapshot: Snapshot, roots: Iterable[str]) -> Snapshot:
    """The snapshot of a jurisdiction: the `roots` and the courts below them; made once, then found again.

    Written aside and renamed, readable by this user alone. NoCatalogueError for a snapshot without a catalogue.
    """
    wanted = sorted(set(roots))
    digest = hashlib.sha256(",".join(wanted).encode()).hexdigest()[:16]
    home = published_directory().parent / "excerpts"
    directory = home / snapshot.snapshot_id / digest
    if not (directory / DATABASE).is_file():
        _forget_unpublished(home)
        aside = directory.parent / f".{digest}.{os.getpid()}.{os.urandom(4).hex()}"
        aside.mkdir(parents=True, mode=0o700)
        try:
            _cut(snapshot.database, aside / DATABASE, wanted)
            shutil.copyfile(snapshot.directory / "manifest.json", aside / "manifest.json")
            (aside / DATABASE).chmod(0o400)
            _put_in_place(aside, directory)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return Snapshot(snapshot.snapshot_id, directory)


def _put_in_place(aside: Path, directory: Path) -> None:
    try:
        aside.rename(directory)
    except OSError:  # another session made the same one meanwhile
        if not (directory / DATABASE).is_file():
            raise


def _forget_unpublished(home: Path) -> None:
    """Excerpts of snapshots that are no longer kept."""
    for folder in home.glob("*"):
        if not (published_directory() / folder.name).is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _cut(source: Path, target: Path, roots: list[str]) -> None:
    """A new file, so that no page of it ever held another court's row."""
    with duckdb.connect(str(target), config={"threads": 2, "memory_limit": MEMORY_LIMIT}) as connection:
        connection.execute(f"attach {_literal(str(source))} as whole (read_only)")
        try:
            listed = connection.execute(
                "select schema_name, table_name, readers, court_columns from whole.catalogue.dim_tables"
            ).fetchall()
        except duckdb.CatalogException as missing:
            raise NoCatalogueError(source.parent.name) from missing
        courts = _jurisdiction(connection, roots)
        for schema, table, readers, columns in listed:
            _copy(connection, schema, table, [] if readers == "province" else columns.split(","), courts)
        for table in CATALOGUE:
            _copy(connection, "catalogue", table, [], courts)
        _count(connection, [(schema, table) for schema, table, readers, _ in listed if readers != "province"])
        _macros(connection)
        _comments(connection)
        connection.execute("detach whole")
        connection.execute("checkpoint")


def _jurisdiction(connection: duckdb.DuckDBPyConnection, roots: list[str]) -> list[str]:
    """The roots and every court below them."""
    rows = connection.execute(
        """
        with recursive below as (
            select court_code from whole.core.dim_courts where list_contains($roots, court_code)
            union
            select c.court_code
            from whole.core.dim_courts as c
            inner join below as b on c.parent_court_code = b.court_code
        )
        select court_code from below order by court_code
        """,
        {"roots": roots},
    ).fetchall()
    return [code for (code,) in rows]


def _copy(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, columns: list[str], courts: list[str]
) -> None:
    """All rows when there are no `columns`; else those that name one of `courts` in one of them."""
    name = f"{_quoted(schema)}.{_quoted(table)}"
    connection.execute(f"create schema if not exists {_quoted(schema)}")
    if not columns:
        connection.execute(f"create table {name} as from whole.{name}")
        return
    own = " or ".join(f"list_contains($courts, {_quoted(column)})" for column in columns)
    connection.execute(f"create table {name} as from whole.{name} where {own}", {"courts": courts})


def _count(connection: duckdb.DuckDBPyConnection, cut: list[tuple[str, str]]) -> None:
    """The catalogue's row counts are those of the excerpt: how many rows others have is theirs."""
    for schema, table in cut:
        connection.execute(
            "update catalogue.dim_tables set row_count = ? where schema_name = ? and table_name = ?",
            [connection.table(f"{_quoted(schema)}.{_quoted(table)}").count("*").fetchall()[0][0], schema, table],
        )


def _macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The analysts' macros, and what is said of them, as in the whole snapshot."""
    for (statement,) in connection.execute("select statement from catalogue.dim_macros order by sort_order").fetchall():
        connection.execute(statement)
    for name, comment in connection.execute(
        """
        select function_name, comment from duckdb_functions()
        where database_name = 'whole' and function_type = 'table_macro' and comment is not null
        """
    ).fetchall():
        connection.execute(f"comment on macro table {_quoted(name)} is {_literal(comment)}")


def _comments(connection: duckdb.DuckDBPyConnection) -> None:
    tables = connection.execute(
        """
        select schema_name, table_name, comment from duckdb_tables()
        where database_name = 'whole' and comment is not null
        """
    ).fetchall()
    for schema, table, comment in tables:
        connection.execute(f"comment on table {_quoted(schema)}.{_quoted(table)} is {_literal(comment)}")
    columns = connection.execute(
        """
        select schema_name, table_name, column_name, comment from duckdb_columns()
        where database_name = 'whole' and comment is not null
        """
    ).fetchall()
    for schema, table, column, comment in columns:
        name = f"{_quoted(schema)}.{_quoted(table)}.{_quoted(column)}"
        connection.execute(f"comment on column {name} is {_literal(comment)}")


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """A string literal: `attach` and `comment on` take no bound values."""
    return "'" + text.replace("'", "''") + "'"
