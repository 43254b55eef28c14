"""A snapshot cut down to what one jurisdiction may read: of the tables that are not for the whole province only its own
rows, in a small file with views on the others, which are in one file for all, as its catalogue says.
`python -m dashboards.access.excerpts <snapshot id>` makes the latter ahead, so that no reader waits for it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from dashboards import seal
from dashboards.snapshot import DATABASE, PROVINCE, Snapshot, attach_province, find, published_directory, verify

MEMORY_LIMIT = "1GB"
CATALOGUE = ("dim_tables", "rpt_lineage", "dim_macros")
PART = "province.duckdb"
NICE = 10  # the dashboards come first
LEFT_AFTER_SECONDS = 3600.0  # whatever is still being made after an hour was left by a process that was killed
Name = tuple[str, str]  # schema, table
_one_at_a_time = threading.Lock()  # whoever needs what another is making waits for it


class NoCatalogueError(Exception):
    """The snapshot does not say which rows belong to whom, so nobody but the whole province's readers may open it."""


def excerpt(snapshot: Snapshot, roots: Iterable[str]) -> Snapshot:
    """The snapshot of a jurisdiction: the `roots` and the courts below them; made once, then found again.

    Written aside and renamed, readable by this user alone. NoCatalogueError for a snapshot without a catalogue.
    """
    wanted = sorted(set(roots))
    directory = _place(snapshot) / hashlib.sha256(",".join(wanted).encode()).hexdigest()[:16]
    province = province_part(snapshot)
    _make(directory / DATABASE, lambda file: _cut(snapshot, province, file, wanted))
    return Snapshot(snapshot.snapshot_id, directory, province)


def province_part(snapshot: Snapshot) -> Path:
    """The file with the tables that are for everybody, and nothing else; made once a snapshot, then found again."""
    file = _place(snapshot) / "province" / PART
    _make(file, lambda target: _share(snapshot, target))
    return file


def _place(snapshot: Snapshot) -> Path:
    return published_directory().parent / "excerpts" / snapshot.snapshot_id


def _make(file: Path, write: Callable[[Path], None]) -> None:
    """`file` and the folder it is alone in, if it is not there, or was made before such files had a digest."""
    if _is_sealed(file):
        return
    with _one_at_a_time:
        if _is_sealed(file):
            return
        directory = file.parent
        _forget(directory.parent.parent)
        aside = directory.parent / f".{directory.name}.{os.getpid()}.{os.urandom(4).hex()}"
        aside.mkdir(parents=True, mode=0o700)
        try:
            write(aside / file.name)
            seal.keep(aside / file.name)
            seal.close(aside)
            _put_in_place(aside, file)
        finally:
            if aside.exists():
                seal.remove(aside)


def _is_sealed(file: Path) -> bool:
    if not file.is_file() or seal.kept(file) is None:
        return False
    seal.close(file.parent)  # an earlier version left it open
    return True


def _put_in_place(aside: Path, file: Path) -> None:
    if file.is_file() and seal.kept(file) is None:
        earlier = aside.with_name(f"{aside.name}.earlier")
        file.parent.rename(earlier)
        seal.remove(earlier)
    try:
        aside.rename(file.parent)
    except OSError:  # another process made the same one meanwhile
        if not file.is_file():
            raise


def _forget(home: Path) -> None:
    """Excerpts of snapshots that are no longer kept, and what killed processes have left."""
    for folder in home.glob("*"):
        if not (published_directory() / folder.name).is_dir():
            seal.remove(folder)
    for left in home.glob("*/.*"):
        if time.time() - left.stat().st_mtime > LEFT_AFTER_SECONDS:
            seal.remove(left)


def _opened(target: Path, snapshot: Snapshot, province: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A new file, so that no page of it ever held another court's row, with the snapshot attached as `whole`.

    Nothing out of the snapshot is read or executed before external access is off.
    """
    verify(snapshot)
    connection = duckdb.connect(str(target), config={"threads": 2, "memory_limit": MEMORY_LIMIT})
    connection.execute(f"attach {_literal(str(snapshot.database))} as whole (read_only)")
    if province is not None:
        attach_province(connection, str(province))
    connection.execute("set enable_external_access = false")
    return connection


def _listed(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], list[str]]]:
    """The tables for everybody, and the others with the columns that name the courts of a row."""
    try:
        listed = connection.execute(
            "select schema_name, table_name, readers, court_columns from whole.catalogue.dim_tables"
        ).fetchall()
    except duckdb.CatalogException as missing:
        raise NoCatalogueError(snapshot.snapshot_id) from missing
    everybodys = [(schema, table) for schema, table, readers, _ in listed if readers == "province"]
    owned = {(schema, table): columns.split(",") for schema, table, readers, columns in listed if readers != "province"}
    return everybodys, owned


def _share(snapshot: Snapshot, target: Path) -> None:
    with _opened(target, snapshot) as connection:
        for schema, table in _listed(connection, snapshot)[0]:
            _copy(connection, schema, table)
        _comments(connection)
        connection.execute("detach whole")
        connection.execute("checkpoint")


def _cut(snapshot: Snapshot, province: Path, target: Path, roots: list[str]) -> None:
    with _opened(target, snapshot, province) as connection:
        everybodys, owned = _listed(connection, snapshot)
        courts = _jurisdiction(connection, roots)
        for schema, table in everybodys:
            _view(connection, schema, table)
        for (schema, table), columns in owned.items():
            _copy(connection, schema, table, columns, courts)
        for table in CATALOGUE:
            _copy(connection, "catalogue", table)
        _count(connection, list(owned))
        _macros(connection)
        _comments(connection)
        connection.execute("detach whole")
        connection.execute("checkpoint")
    shutil.copyfile(snapshot.directory / "manifest.json", target.parent / "manifest.json")


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


def _view(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> None:
    name = f"{_quoted(schema)}.{_quoted(table)}"
    connection.execute(f"create schema if not exists {_quoted(schema)}")
    connection.execute(f"create view {name} as from {PROVINCE}.{name}")


def _copy(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    columns: list[str] | None = None,
    courts: list[str] | None = None,
) -> None:
    """All rows when there are no `columns`; else those that name one of `courts` in one of them."""
    name = f"{_quoted(schema)}.{_quoted(table)}"
    connection.execute(f"create schema if not exists {_quoted(schema)}")
    if columns is None:
        connection.execute(f"create table {name} as from whole.{name}")
        return
    own = " or ".join(_is_own(column) for column in columns)
    connection.execute(f"create table {name} as from whole.{name} where {own}", {"courts": courts})


def _is_own(column: str) -> str:
    """Whether a row is a court's by one column: its code, or the codes of several, separated by commas."""
    if column == "court_codes":
        return f"list_has_any(string_split({_quoted(column)}, ','), $courts)"
    return f"list_contains($courts, {_quoted(column)})"


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
        if not _is_macro(statement):
            raise NoCatalogueError("catalogue.dim_macros")
        connection.execute(statement)
    for name, comment in connection.execute(
        """
        select function_name, comment from system.main.duckdb_functions()
        where database_name = 'whole' and function_type = 'table_macro' and comment is not null
        """
    ).fetchall():
        connection.execute(f"comment on macro table {_quoted(name)} is {_literal(comment)}")


def _is_macro(statement: str) -> bool:
    """Whether it creates one macro and does nothing else: the text comes out of a file."""
    try:
        parsed = duckdb.extract_statements(statement)
    except duckdb.Error:
        return False
    words = statement.casefold().split()
    begins = words[:2] == ["create", "macro"] or words[:4] == ["create", "or", "replace", "macro"]
    return len(parsed) == 1 and parsed[0].type == duckdb.StatementType.CREATE and begins


def _comments(connection: duckdb.DuckDBPyConnection) -> None:
    """What the whole snapshot says of the tables that were copied, and of their columns."""
    tables = connection.execute(
        """
        select w.schema_name, w.table_name, w.comment
        from system.main.duckdb_tables() as w
        inner join system.main.duckdb_tables() as c
            on w.schema_name = c.schema_name and w.table_name = c.table_name
            and c.database_name = current_database()
        where w.database_name = 'whole' and w.comment is not null
        """
    ).fetchall()
    for schema, table, comment in tables:
        connection.execute(f"comment on table {_quoted(schema)}.{_quoted(table)} is {_literal(comment)}")
    columns = connection.execute(
        """
        select w.schema_name, w.table_name, w.column_name, w.comment
        from system.main.duckdb_columns() as w
        inner join system.main.duckdb_tables() as c
            on w.schema_name = c.schema_name and w.table_name = c.table_name
            and c.database_name = current_database()
        where w.database_name = 'whole' and w.comment is not null
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


def main(snapshot_id: str) -> int:
    """0 when the part of the snapshot that is for everybody is there; 1 when there is no such snapshot, or it cannot be
    cut."""
    os.nice(NICE)
    found = find(snapshot_id)
    if found is None:
        return 1
    try:
        province_part(found)
    except NoCatalogueError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
