"""A snapshot's tables in PostgreSQL: loaded aside, then changed in one transaction; a reader sees the old export or
the new one. A table keeps its identity while its columns stay the same: grants and views on it live on."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import duckdb
import psycopg
from psycopg import sql

from pipelines.exports.tables import ExportError, Table, opened, tables
from pipelines.quoting import literal

ASIDE = "enforcement_loading"
LOCK = 20190308  # any number that every export of this kind shares
CHUNK = 1 << 20
TYPES = {
    "VARCHAR": "text",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "SMALLINT": "smallint",
    "HUGEINT": "numeric(38)",
    "DOUBLE": "double precision",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}


def write(database: Path, address: str) -> dict[str, int]:
    """Load every table of the snapshot into the database at `address`; gives rows by table, counted there.

    ExportError when the server cannot be reached, another export is running, or another object of the database
    depends on a table whose columns have changed.
    """
    try:
        with opened(database) as source, psycopg.connect(address, autocommit=True) as target:
            _lock(target)
            published = tables(source)
            _load_aside(source, target, published)
            counts = _change_over(target, published, database.parent.name)
            target.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(ASIDE)))
    except psycopg.OperationalError as failed:
        raise ExportError(
            f"连不上 PostgreSQL：{failed}。请核对 TO= 的地址、用户和服务状态 | cannot reach PostgreSQL; check TO="
        ) from failed
    except psycopg.errors.DependentObjectsStillExist as failed:
        raise ExportError(
            f"表的列已变，而数据库里另有对象依赖它：{failed.diag.message_detail}。请先删去这些对象，导出后再建 | "
            "columns of a table have changed and other objects depend on it: drop these, export, and make them again"
        ) from failed
    return counts


def _lock(target: psycopg.Connection) -> None:
    row = target.execute("select pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    if not row or not row[0]:
        raise ExportError("另一次导出正在进行，请稍候再试 | another export is running, try again when it is done")


def _load_aside(source: duckdb.DuckDBPyConnection, target: psycopg.Connection, published: list[Table]) -> None:
    """Every table into a schema of its own, which a killed export leaves behind and the next one removes."""
    target.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(ASIDE)))
    target.execute(sql.SQL("create schema {}").format(sql.Identifier(ASIDE)))
    with tempfile.TemporaryDirectory(prefix="export-") as place:
        for table in published:
            target.execute(_definition(table))
            _copy(source, target, table, Path(place) / "rows.csv")
            _key(source, target, table)


def _aside(table: Table) -> sql.Identifier:
    return sql.Identifier(ASIDE, f"{table.schema}__{table.name}")


def _definition(table: Table) -> sql.Composed:
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(_type(column.type))) for column in table.columns
    )
    return sql.SQL("create table {} ({})").format(_aside(table), columns)


def _type(kind: str) -> str:
    """PostgreSQL's name of a DuckDB type. ExportError for one that nobody has thought about."""
    if re.fullmatch(r"DECIMAL\(\d+,\s?\d+\)", kind):
        return kind.replace("DECIMAL", "numeric")
    if kind not in TYPES:
        raise ExportError(f"没有与 {kind} 对应的 PostgreSQL 类型 | there is no PostgreSQL type for {kind}")
    return TYPES[kind]


def _copy(source: duckdb.DuckDBPyConnection, target: psycopg.Connection, table: Table, file: Path) -> None:
    """By way of a CSV file: a null is an empty field, an empty text a quoted one, in both programs."""
    source.execute(f"copy {table.source} to {literal(str(file))} (format csv, header false)")
    into = sql.SQL("copy {} from stdin (format csv)").format(_aside(table))
    with target.cursor().copy(into) as copy, file.open("rb") as rows:
        while chunk := rows.read(CHUNK):
            copy.write(chunk)


def _key(source: duckdb.DuckDBPyConnection, target: psycopg.Connection, table: Table) -> None:
    """A primary key where the data test's columns have no null, else a unique index that takes nulls as equal."""
    if not table.key:
        return
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in table.key)
    anywhere = " or ".join(f'"{name}" is null' for name in table.key)
    found = source.execute(f"select count(*) from {table.source} where {anywhere}").fetchone()  # noqa: S608 - names come from the snapshot's catalogue
    if found and found[0]:
        statement = sql.SQL("create unique index on {} ({}) nulls not distinct")
    else:
        statement = sql.SQL("alter table {} add primary key ({})")
    target.execute(statement.format(_aside(table), columns))


def _change_over(target: psycopg.Connection, published: list[Table], snapshot_id: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    with target.transaction():
        for table in published:
            target.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(table.schema)))
            _replace(target, table)
            _describe(target, table)
            counted = target.execute(sql.SQL("select count(*) from {}").format(_place(table))).fetchone()
            counts[table.full_name] = int(counted[0]) if counted else 0
            if counts[table.full_name] != table.rows:
                raise ExportError(
                    f"{table.full_name}：写入 {counts[table.full_name]} 行，应为 {table.rows} 行，已全部撤回 | "
                    "rows written and rows published differ; nothing was changed"
                )
        target.execute("create schema if not exists catalogue")
        target.execute(
            "create table if not exists catalogue.exports (snapshot_id text not null, exported_at timestamptz not null)"
        )
        target.execute("insert into catalogue.exports values (%s, now())", [snapshot_id])
    return counts


def _place(table: Table) -> sql.Identifier:
    return sql.Identifier(table.schema, table.name)


def _replace(target: psycopg.Connection, table: Table) -> None:
    if _columns(target, table.schema, table.name) == _columns(target, ASIDE, f"{table.schema}__{table.name}"):
        target.execute(sql.SQL("truncate {}").format(_place(table)))
        target.execute(sql.SQL("insert into {} select * from {}").format(_place(table), _aside(table)))
        return
    target.execute(sql.SQL("drop table if exists {}").format(_place(table)))
    target.execute(sql.SQL("alter table {} rename to {}").format(_aside(table), sql.Identifier(table.name)))
    moved = sql.Identifier(ASIDE, table.name)
    target.execute(sql.SQL("alter table {} set schema {}").format(moved, sql.Identifier(table.schema)))


def _columns(target: psycopg.Connection, schema: str, name: str) -> list[tuple[str, str]]:
    return target.execute(
        """
        select a.attname, format_type(a.atttypid, a.atttypmod)
        from pg_attribute as a
        where a.attrelid = to_regclass(format('%%I.%%I', %s::text, %s::text)) and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """,
        [schema, name],
    ).fetchall()


def _describe(target: psycopg.Connection, table: Table) -> None:
    target.execute(sql.SQL("comment on table {} is {}").format(_place(table), sql.Literal(table.comment)))
    for column in table.columns:
        name = sql.Identifier(table.schema, table.name, column.name)
        target.execute(sql.SQL("comment on column {} is {}").format(name, sql.Literal(column.comment)))
