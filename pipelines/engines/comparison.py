"""Are two engines' tables the same, value by value: as multisets over all columns, doubles to nine decimals.
Exit codes prove nothing: on one engine 31 tables were wrong without an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.quoting import literal, quoted

DIGITS = 9
DOUBLES = ("DOUBLE", "FLOAT")


@dataclass(frozen=True)
class Compared:
    """One table: its rows on DuckDB, and how many rows only one side has. An `example` shows the first of either."""

    table: str
    rows: int
    only_duckdb: int
    only_engine: int
    example: str = ""
    problem: str = ""

    @property
    def is_equal(self) -> bool:
        return not (self.only_duckdb or self.only_engine or self.problem)


def compare(database: Path, session: Any) -> Iterator[Compared]:
    """Every table of `database`, in order of name, with that of the same name on the engine."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(database))} as ours (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'ours' order by all"
        ).fetchall()
        for schema, table in tables:
            yield _compared(connection, session, schema, table)


def unlike(database: Path, published: Path) -> list[str]:
    """Tables of a snapshot that are not, row for row, those of `database`: schema.table, in order of name."""
    with duckdb.connect() as connection:
        for name, file in (("ours", database), ("published", published)):
            connection.execute(f"attach {literal(str(file))} as {name} (read_only)")
        both = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name in ('ours', 'published') "
            "group by all having count(*) = 2 order by all"
        ).fetchall()
        found = []
        for schema, table in both:
            name = f"{quoted(schema)}.{quoted(table)}"
            columns = columns_as_here(connection, schema, table, DIGITS, "published")
            sides = [f"select {columns} from {side}.{name}" for side in ("ours", "published")]  # noqa: S608 - names come from the catalogue, quoted
            if any(_count(connection, f"({a} except all {b})") for a, b in (sides, sides[::-1])):
                found.append(f"{schema}.{table}")
        return found


def _compared(connection: duckdb.DuckDBPyConnection, session: Any, schema: str, table: str) -> Compared:
    name, ours = f"{schema}.{table}", f"ours.{quoted(schema)}.{quoted(table)}"
    rows = _count(connection, ours)
    try:
        connection.register("theirs", session.table(name).toArrow())
        columns = columns_as_here(connection, schema, table, DIGITS, "ours")
        sides = [f"select {columns} from {side}" for side in (ours, "theirs")]  # noqa: S608 - names come from the catalogue, quoted
        left, right = (f"({a} except all {b})" for a, b in (sides, sides[::-1]))
        found = _count(connection, left), _count(connection, right)
        example = "" if found == (0, 0) else _example(connection, left) + " | " + _example(connection, right)
        return Compared(name, rows, *found, example)
    except Exception as problem:  # the engine's own: whatever it is, the table is not the same
        return Compared(name, rows, rows, 0, problem=f"{type(problem).__name__}: {problem}"[:500])


def columns_as_here(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, digits: int | None, database: str
) -> str:
    """Every column of the table, in its order, cast to the type that it has in `database`; doubles rounded to
    `digits`."""
    found = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = ? and schema_name = ? "
        "and table_name = ? order by column_index",
        [database, schema, table],
    ).fetchall()
    return ", ".join(
        f"round({quoted(name)}::double, {digits})"
        if kind in DOUBLES and digits is not None
        else f"cast({quoted(name)} as {kind})"
        for name, kind in found
    )


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    found = connection.execute(f"select count(*) from {source}").fetchall()  # noqa: S608 - names come from the catalogue, quoted
    return int(found[0][0])


def _example(connection: duckdb.DuckDBPyConnection, source: str) -> str:
    found = connection.execute(f"select * from {source} order by all limit 1").fetchall()  # noqa: S608 - names come from the catalogue, quoted
    return str(found[0]) if found else "–"
