"""Are two engines' tables the same, value by value: as multisets over all columns, doubles to nine decimals, or to
twelve figures where they are large. Exit codes prove nothing: on one engine 31 tables were wrong without an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.quoting import literal, quoted

DIGITS = 9
LEFT, RIGHT = "ours_over", "theirs_over"
CLOSE = "abs(l.{0} - r.{0}) <= greatest(1.5e-9, 1e-12 * abs(l.{0}))"  # one of the ninth decimal, or the twelfth figure
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
        for side, (these, those) in {LEFT: sides, RIGHT: sides[::-1]}.items():
            connection.execute(f"create or replace temp table {side} as ({these} except all {those})")
        _drop_near(connection)
        found = _count(connection, LEFT), _count(connection, RIGHT)
        example = "" if found == (0, 0) else _example(connection, LEFT) + " | " + _example(connection, RIGHT)
        return Compared(name, rows, *found, example)
    except Exception as problem:  # the engine's own: whatever it is, the table is not the same
        return Compared(name, rows, rows, 0, problem=f"{type(problem).__name__}: {problem}"[:500])


def _drop_near(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out rows left over on both sides that are the same but for the last figures of doubles: rounding alone parts
    0.49999 from 0.50001, and two engines read a decimal of twenty digits as two neighbouring doubles.

    Rows are paired where everything else is the same, in the order of their doubles.
    """
    found = connection.execute(
        "select column_name, data_type from duckdb_columns() where table_name = 'ours_over' order by column_index"
    ).fetchall()
    doubles = [quoted(name) for name, kind in found if kind in DOUBLES]
    others = [quoted(name) for name, kind in found if kind not in DOUBLES]
    if not doubles:
        return
    numbered = f"row_number() over (partition by {', '.join(others) or '1'} order by {', '.join(doubles)}) as pair"
    same = [f"l.{name} is not distinct from r.{name}" for name in others]
    same += [f"(l.{name} is not distinct from r.{name} or {CLOSE.format(name)})" for name in doubles]
    sides = [f"(select rowid as {row}, *, {numbered} from {side})" for row, side in (("a", LEFT), ("b", RIGHT))]  # noqa: S608 - names come from the catalogue, quoted
    on = " and ".join(["l.pair = r.pair", *same])
    paired = f"select a, b from {sides[0]} as l join {sides[1]} as r on {on}"  # noqa: S608 - names come from the catalogue, quoted
    connection.execute(f"create or replace temp table near as {paired}")
    connection.execute(f"delete from {LEFT} where rowid in (select a from near)")  # noqa: S608 - names of our own
    connection.execute(f"delete from {RIGHT} where rowid in (select b from near)")  # noqa: S608 - names of our own


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
